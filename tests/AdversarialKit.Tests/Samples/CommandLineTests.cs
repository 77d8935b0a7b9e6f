using MnistGan;

namespace AdversarialKit.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("--foo", "'--foo' is not an option of this program; --help lists what is.")]
    [InlineData("digits", "'digits' is not an option of this program; --help lists what is.")]
    [InlineData("--iterations -5", "--iterations must be a whole number of at least 1, but was '-5'.")]
    [InlineData("--iterations 0", "--iterations must be a whole number of at least 1, but was '0'.")]
    [InlineData("--iterations 1.5", "--iterations must be a whole number of at least 1, but was '1.5'.")]
    [InlineData("--iterations", "Required argument missing for option: '--iterations'.")]
    [InlineData("--batch-size 1", "--batch-size must be a whole number of at least 2, but was '1'.")]
    [InlineData("--sample-interval 0", "--sample-interval must be a whole number of at least 1, but was '0'.")]
    [InlineData("--checkpoint-interval -1", "--checkpoint-interval must be a whole number of at least 0, but was '-1'.")]
    [InlineData("--seed -1", "--seed must be a whole number of at least 0, but was '-1'.")]
    [InlineData("--seed 99999999999999999999", "--seed must be a whole number of at least 0, but was '99999999999999999999'.")]
    [InlineData("--export 0", "--export must be a whole number from 1 to 1000000, but was '0'.")]
    [InlineData("--threads 1025", "--threads must be a whole number from 1 to 1024, but was '1025'.")]
    [InlineData("--dataset Cifar", "--dataset must be one of auto, mnist, digits, but was 'Cifar'.")]
    [InlineData("--device gpu", "--device must be cpu, cuda, cuda:N or mps, but was 'gpu'.")]
    [InlineData("--dataset digits --data x", "--data names a folder of MNIST files, but --dataset digits draws its own; leave one of the two out.")]
    public void Run_SomethingToMend_IsOneLineAndExitCode2(string arguments, string complaint)
    {
        var exitCode = Program.Run(arguments.Split(' '), _world.Around);

        exitCode.Should().Be(2);
        _world.Error.Should().Be($"Error: {complaint}{Environment.NewLine}");
        _world.Output.Should().BeEmpty();
    }

    [Fact]
    public void Run_DataFolderMissing_IsOneLineAndExitCode2()
    {
        Program.Run(["--data", "nowhere", "--out", _world.InFolder("out")], _world.Around).Should().Be(2);

        _world.Error.Should().Be($"Error: --data: the folder 'nowhere' does not exist.{Environment.NewLine}");
    }

    [Fact]
    public void Run_BrokenData_IsOneLineAndExitCode2()
    {
        File.WriteAllBytes(_world.InFolder("train-images-idx3-ubyte"), [0, 0, 8, 3]);
        File.WriteAllBytes(_world.InFolder("train-labels-idx1-ubyte"), [0, 0, 8, 1]);

        Program.Run(["--data", _world.Folder, "--out", _world.InFolder("out")], _world.Around).Should().Be(2);

        _world.Error.Should().Be(
            $"Error: {_world.InFolder("train-images-idx3-ubyte")}: at byte 4: expected the number of items, but the file ends there.{Environment.NewLine}");
    }

    [Fact]
    public void Run_MnistWithoutNetwork_IsOneLineAndExitCode2()
    {
        Program.Run(["--dataset", "mnist", "--out", _world.InFolder("out")], _world.Around).Should().Be(2);

        _world.Error.Should().StartWith("Error: MNIST is not on this machine").And.EndWith($"--dataset digits.{Environment.NewLine}");
    }

    [Fact]
    public void Run_OutIsAFile_IsOneLineAndExitCode2()
    {
        var file = _world.InFolder("file");
        File.WriteAllText(file, "");

        Program.Run(["--out", file], _world.Around).Should().Be(2);

        _world.Error.Should().Be($"Error: '{file}' is a file, and a folder for a run is needed; name a folder.{Environment.NewLine}");
    }

    [Fact]
    public void Run_OutCannotBeWrittenTo_IsOneLineAndExitCode2()
    {
        File.WriteAllText(_world.InFolder("file"), "");
        var below = Path.Combine(_world.InFolder("file"), "below");
        var reason = FluentActions.Invoking(() => Directory.CreateDirectory(below)).Should().Throw<IOException>().Which.Message.TrimEnd('.');

        Program.Run(["--out", below], _world.Around).Should().Be(2);

        _world.Error.Should().Be($"Error: The folder '{below}' cannot be written to ({reason}); name another folder.{Environment.NewLine}");
    }

    [Fact]
    public void Run_Help_NamesEveryOptionItsDefaultAndAnExample()
    {
        Program.Run(["--help"], _world.Around).Should().Be(0);

        _world.Output.Should().ContainAll(
            "--dataset <auto|mnist|digits>", "[default: auto]", "--data <DIR>", "MNIST_DIR", "--iterations <N>", "[default: 30000]", "--batch-size",
            "[default: 32]", "--sample-interval", "[default: 200]", "--seed", "--out", "mnist-gan]", "--export", "--threads", "--no-tuning", "--device", "[default: cpu]",
            "Examples:", "MnistGan --dataset digits --iterations 2000");
        _world.Output.Split('\n').Should().OnlyContain(line => line.Length <= 115);
    }

    [Fact]
    public void Run_EveryOption_ArrivesAndTheExitCodeIsTheWorks()
    {
        Options? read = null;
        string[] arguments =
        [
            "--dataset", "mnist", "--data", "d", "--iterations", "7", "--batch-size", "8", "--sample-interval", "9", "--seed", "10",
            "--out", "o", "--export", "11", "--threads", "12", "--no-tuning", "--device", "cuda:1", "--checkpoint-interval", "13", "--resume", "r",
            "--report", "--log", "--onnx", "--evaluate-every", "14",
        ];

        var exitCode = CommandLine.Run(arguments, _world.Around, options =>
        {
            read = options;
            return 130;
        });

        exitCode.Should().Be(130);
        read.Should().Be(new Options
        {
            Dataset = DatasetChoice.Mnist,
            DataFolder = "d",
            Iterations = 7,
            BatchSize = 8,
            SampleInterval = 9,
            Seed = 10,
            OutputFolder = "o",
            Export = 11,
            Threads = 12,
            Tuning = false,
            Device = "cuda:1",
            CheckpointInterval = 13,
            Resume = "r",
            Report = true,
            Log = true,
            Onnx = true,
            EvaluateEvery = 14,
        });
    }

    [Fact]
    public void Run_ResumeWithoutAName_LooksBelowOut()
    {
        Options? read = null;

        CommandLine.Run(["--resume", "--out", "o"], _world.Around, options =>
        {
            read = options;
            return 0;
        });

        read!.Resume.Should().Be(Path.Combine("o", "checkpoints"));
    }

    [Fact]
    public void Run_NoOption_GivesTheDefaults()
    {
        Options? read = null;

        CommandLine.Run([], _world.Around, options =>
        {
            read = options;
            return 0;
        }).Should().Be(0);

        read.Should().Be(new Options());
    }

    [Theory]
    [InlineData("--preset modern", 14_000, 32)]
    [InlineData("--preset modern --iterations 30000 --batch-size 48", 30_000, 48)]
    public void Run_ModernPreset_HasALengthOfItsOwnUnlessGiven(string arguments, int iterations, int batchSize)
    {
        Options? read = null;

        CommandLine.Run(arguments.Split(' '), _world.Around, options =>
        {
            read = options;
            return 0;
        }).Should().Be(0);

        read.Should().Be(new Options { Preset = PresetChoice.Modern, Iterations = iterations, BatchSize = batchSize });
    }

    [Fact]
    public void Run_StoppedInTheWork_IsExitCode130()
    {
        CommandLine.Run([], _world.Around, _ => throw new OperationCanceledException()).Should().Be(130);

        _world.Error.Should().Be($"Stopped.{Environment.NewLine}");
    }

    [Fact]
    public void Run_FaultOfTheProgram_IsNotHidden()
    {
        FluentActions.Invoking(() => CommandLine.Run([], _world.Around, _ => throw new InvalidOperationException("bug")))
            .Should().Throw<InvalidOperationException>();
    }
}
