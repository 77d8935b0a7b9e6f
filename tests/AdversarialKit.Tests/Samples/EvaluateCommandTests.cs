using MnistGan;

namespace AdversarialKit.Tests;

public sealed class EvaluateCommandTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("evaluate", "evaluate needs a FILE of images, or --run and the folder of a run.")]
    [InlineData("--dataset digits evaluate --run x", "--dataset stands before 'evaluate', where it is an option of training; write it behind.")]
    [InlineData("evaluate a --run b", "evaluate takes a FILE or --run, not both; leave one of the two out.")]
    [InlineData("evaluate nowhere.gz", "There is no file 'nowhere.gz'.")]
    [InlineData("evaluate --run nowhere", "The run 'nowhere' has no samples.idx3-ubyte.gz, which a run writes when it ends.")]
    [InlineData("evaluate --foo", "'--foo' is not an option of this program; --help lists what is.")]
    [InlineData("--conditional", "--conditional needs --preset modern: the reference GAN knows no digits.")]
    [InlineData("--bfloat16", "--bfloat16 needs --preset modern: the reference's loss takes probabilities, for which bfloat16 is too coarse.")]
    [InlineData("--preset new", "--preset must be one of reference, modern, but was 'new'.")]
    public void Run_SomethingToMend_IsOneLineAndExitCode2(string arguments, string complaint)
    {
        Program.Run(arguments.Split(' '), _world.Around).Should().Be(2);

        _world.Error.Should().Be($"Error: {complaint}{Environment.NewLine}");
        _world.Output.Should().BeEmpty();
    }

    [Fact]
    public void Run_ImagesOfAnotherSize_IsOneLineAndExitCode2()
    {
        var file = _world.InFolder("small");
        File.WriteAllBytes(file, [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4]);

        Program.Run(["evaluate", file], _world.Around).Should().Be(2);

        _world.Error.Should().Be($"Error: {file}: at byte 8: expected 28, rows of an image, but found 2.{Environment.NewLine}");
    }

    [Fact]
    public void Run_FewerImagesThanAnnounced_IsOneLineAndExitCode2()
    {
        var file = _world.InFolder("cut");
        File.WriteAllBytes(file, [0, 0, 8, 3, 0, 0, 0, 9, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2, 3, 4]);

        Program.Run(["evaluate", file], _world.Around).Should().Be(2);

        _world.Error.Should().Be($"Error: {file}: at byte 20: expected 7072 bytes in all, but the file has 20.{Environment.NewLine}");
    }
}
