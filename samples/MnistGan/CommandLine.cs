using System.CommandLine;
using System.CommandLine.Help;
using AdversarialKit;

namespace MnistGan;

/// <summary>The options as users type them. To add one: a field, a line in <see cref="ReadOptions"/>, a property of <see cref="Options"/>.</summary>
internal sealed class CommandLine
{
    private static readonly Options _usual = new();
    private readonly Option<string> _dataset = ParsedOption.Choice("--dataset", _usual.Dataset, "auto: MNIST where it can be had, else drawn digits. mnist: MNIST or an error. digits: digits that the program draws itself, no file needed.");
    private readonly Option<string?> _data = ParsedOption.Text("--data", null, "DIR", "Folder with MNIST's files, gzipped or not. Without it: the folder that MNIST_DIR names, then the cache, then a download.");
    private readonly Option<string> _preset = ParsedOption.Choice("--preset", _usual.Preset, "reference: the GAN of Keras-GAN. modern: a small convolutional pair with the objective of R3GAN.");
    private readonly Option<bool> _conditional = new("--conditional") { Description = "Learn which digit is which: sheets have ten rows, one per digit. Needs --preset modern." };
    private readonly Option<bool> _bfloat16 = new("--bfloat16") { Description = "Compute in bfloat16, with weights in float32: faster on processors that have it, the same quality. Needs --preset modern." };
    private readonly Option<int> _iterations = ParsedOption.Number("--iterations", _usual.Iterations, 1, $"Training steps, each on one batch; --preset modern: {SampleGan.ModernIterations}.");
    private readonly Option<int> _batchSize = ParsedOption.Number("--batch-size", _usual.BatchSize, 2, $"Images in a batch; --preset modern: {SampleGan.ModernBatchSize}.");
    private readonly Option<int> _sampleInterval = ParsedOption.Number("--sample-interval", _usual.SampleInterval, 1, "Iterations from one sheet of 5 x 5 samples to the next.");
    private readonly Option<int> _checkpointInterval = ParsedOption.Number("--checkpoint-interval", _usual.CheckpointInterval, 0, "Iterations from one checkpoint to the next; one more is written at the end and by Ctrl-C. 0: none.");
    private readonly Option<int> _evaluateEvery = ParsedOption.Number("--evaluate-every", _usual.EvaluateEvery, 0, "Iterations from one evaluation of 10,000 digits to the next, and one at the end; each takes seconds. The best is kept. 0: none.");
    private readonly Option<string?> _resume = ParsedOption.OptionalText("--resume", "[DIR]", "Go on from a checkpoint, bit for bit as if the run had not stopped. Without DIR: the latest one of --out.");
    private readonly Option<long> _seed = ParsedOption.Number("--seed", _usual.Seed, 0, "Start of every random sequence. The same seed, machine and number of threads give the same images.");
    private readonly Option<string?> _out = ParsedOption.Text("--out", _usual.OutputFolder, "DIR", "Folder for what is made; created where missing.");
    private readonly Option<bool> _report = new("--report") { Description = "Write report.html into --out: curves, samples through time and findings on one page, renewed every 30 seconds." };
    private readonly Option<bool> _log = new("--log") { Description = "Write log.jsonl into --out: the numbers of every iteration, one JSON object a line." };
    private readonly Option<bool> _distributed = new("--distributed") { Description = "Be one of the processes that mpirun, mpiexec or srun started: each takes --batch-size images of every batch." };
    private readonly Option<int?> _export = ParsedOption.OptionalNumber("--export", 1_000_000, $"Write this many generated images as {OutputFolder.SamplesName}, in MNIST's format, at the end. [default: 10000]");
    private readonly Option<bool> _onnx = new("--onnx") { Description = "Write generator.onnx into --out at the end: the generator for programs without TorchSharp." };
    private readonly Option<int?> _threads = ParsedOption.OptionalNumber("--threads", 1024, "Threads that torch may use. [default: as few as an iteration's time allows, or as the resumed run had]");
    private readonly Option<bool> _noTuning = new("--no-tuning") { Description = "Leave allocator, matrix-product library and threads as they are." };
    private readonly Option<string> _device = ParsedOption.Device("--device", _usual.Device);
    private readonly RootCommand _root;

    private CommandLine(Func<Options, int> train, Surroundings around)
    {
        _root = new RootCommand("Trains a GAN on handwritten digits: the MNIST GAN of Keras-GAN, built with AdversarialKit.")
        {
            _dataset, _data, _preset, _conditional, _bfloat16, _iterations, _batchSize, _sampleInterval, _checkpointInterval, _evaluateEvery, _resume, _seed, _out, _report,
            _log, _distributed, _export, _onnx, _threads, _noTuning, _device,
        };
        _root.SetAction(result => train(ReadOptions(result)));
        _root.Subcommands.Add(EvaluateCommand.Create(around));
        var help = _root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
    }

    /// <summary>Parses, then trains or prints help; everything that the user can mend is one line and exit code 2.</summary>
    public static int Run(string[] args, Surroundings around, Func<Options, int> train)
    {
        try
        {
            return new CommandLine(train, around).Invoke(args, around);
        }
        catch (Exception error) when (error is UserErrorException or CollectiveException or InvalidGanException or InvalidDataException or IOException or UnauthorizedAccessException or DllNotFoundException or OnnxExportException)
        {
            around.Error.WriteLine($"Error: {error.Message.ReplaceLineEndings(" ")}");
            return 2;
        }
        catch (OperationCanceledException)
        {
            around.Error.WriteLine("Stopped.");
            return 130;
        }
    }

    private int Invoke(string[] args, Surroundings around)
    {
        var result = _root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        return result.Errors.Count == 0
            ? result.Invoke(new InvocationConfiguration { Output = around.Output, Error = around.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null })
            : throw new UserErrorException(result.UnmatchedTokens is [var unknown, ..] ? $"'{unknown}' is not an option of this program; --help lists what is." : result.Errors[0].Message);
    }

    private Options ReadOptions(ParseResult result)
    {
        var preset = Enum.Parse<PresetChoice>(result.GetValue(_preset)!, ignoreCase: true);
        return Checked(new Options
        {
            Dataset = Enum.Parse<DatasetChoice>(result.GetValue(_dataset)!, ignoreCase: true),
            DataFolder = result.GetValue(_data),
            Preset = preset,
            Conditional = result.GetValue(_conditional),
            BFloat16 = result.GetValue(_bfloat16),
            Iterations = OfPreset(_iterations, SampleGan.ModernIterations),
            BatchSize = OfPreset(_batchSize, SampleGan.ModernBatchSize),
            SampleInterval = result.GetValue(_sampleInterval),
            CheckpointInterval = result.GetValue(_checkpointInterval),
            EvaluateEvery = result.GetValue(_evaluateEvery),
            Resume = result.GetValue(_resume) is { Length: 0 } ? OutputFolder.Checkpoints(result.GetValue(_out)!) : result.GetValue(_resume),
            Seed = result.GetValue(_seed),
            OutputFolder = result.GetValue(_out)!,
            Distributed = result.GetValue(_distributed),
            Report = result.GetValue(_report),
            Log = result.GetValue(_log),
            Export = result.GetValue(_export) ?? _usual.Export,
            Onnx = result.GetValue(_onnx),
            Threads = result.GetValue(_threads),
            Tuning = !result.GetValue(_noTuning),
            Device = result.GetValue(_device)!,
        });

        int OfPreset(Option<int> option, int modern) =>
            preset == PresetChoice.Modern && result.GetResult(option) is not { Implicit: false } ? modern : result.GetValue(option);
    }

    private static Options Checked(Options options) => options switch
    {
        { Conditional: true, Preset: PresetChoice.Reference } => throw new UserErrorException("--conditional needs --preset modern: the reference GAN knows no digits."),
        { BFloat16: true, Preset: PresetChoice.Reference } => throw new UserErrorException("--bfloat16 needs --preset modern: the reference's loss takes probabilities, for which bfloat16 is too coarse."),
        { Dataset: DatasetChoice.Digits, DataFolder: not null } => throw new UserErrorException("--data names a folder of MNIST files, but --dataset digits draws its own; leave one of the two out."),
        _ => options,
    };
}
