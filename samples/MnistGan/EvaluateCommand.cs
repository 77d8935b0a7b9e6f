using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Serialization;
using AdversarialKit;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary><c>evaluate</c>: judges a file of images between two anchors, the real test set and noise; prints, and writes the figures as JSON.</summary>
internal static class EvaluateCommand
{
    private const int FewestImages = 100;
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static Command Create(Surroundings around)
    {
        var file = new Argument<string?>("FILE") { Description = "Images of 28 x 28 pixels in MNIST's format (IDX), gzipped or not.", Arity = ArgumentArity.ZeroOrOne };
        var run = ParsedOption.Text("--run", null, "DIR", $"The folder of a run: judges its {OutputFolder.SamplesName}.");
        var json = ParsedOption.Text("--json", null, "FILE", "Where to write the figures. [default: beside the images, *.evaluation.json]");
        var dataset = ParsedOption.Choice("--dataset", DatasetChoice.Auto, "The real images: MNIST, or the digits that this program draws.");
        var data = ParsedOption.Text("--data", null, "DIR", "Folder with MNIST's files, training and test set.");
        var threads = ParsedOption.OptionalNumber("--threads", 1024, "Threads that torch may use. [default: torch's choice]");
        var command = new Command("evaluate", "Judges generated digits: distance to real ones, precision, recall, coverage, classes found.") { file, run, json, dataset, data, threads };
        command.SetAction(result =>
        {
            RefuseEarlyOptions(result);
            var images = FileOf(result.GetValue(file), result.GetValue(run));
            var options = new Options
            {
                File = images,
                Json = result.GetValue(json) ?? JsonBeside(images),
                Dataset = Enum.Parse<DatasetChoice>(result.GetValue(dataset)!, ignoreCase: true),
                DataFolder = result.GetValue(data),
            };
            if (result.GetValue(threads) is { } number)
            {
                set_num_threads(number);
            }

            return StopSignal.Heed(around.Error, stop =>
            {
                Run(options, around, () => Digits.Load(options, around, withTest: true, stop.Token), stop.Token);
                return 0;
            });
        });
        return command;
    }

    // Those of training have the same names, and would be taken without a word.
    private static void RefuseEarlyOptions(ParseResult result)
    {
        if (result.RootCommandResult.Children.OfType<OptionResult>().FirstOrDefault(option => !option.Implicit) is { } early)
        {
            throw new UserErrorException($"{early.Option.Name} stands before 'evaluate', where it is an option of training; write it behind.");
        }
    }

    private static string FileOf(string? file, string? run) => (file, run) switch
    {
        (null, null) => throw new UserErrorException("evaluate needs a FILE of images, or --run and the folder of a run."),
        (not null, not null) => throw new UserErrorException("evaluate takes a FILE or --run, not both; leave one of the two out."),
        (['-', '-', ..], null) => throw new UserErrorException($"'{file}' is not an option of this program; --help lists what is."),
        (not null, null) => Existing(file, $"There is no file '{file}'."),
        _ => Existing(Path.Combine(run!, OutputFolder.SamplesName), $"The run '{run}' has no {OutputFolder.SamplesName}, which a run writes when it ends."),
    };

    private static string Existing(string path, string complaint) => File.Exists(path) ? path : throw new UserErrorException(complaint);

    /// <summary><c>samples.idx3-ubyte.gz</c> to <c>samples.evaluation.json</c>.</summary>
    private static string JsonBeside(string file)
    {
        var name = Path.GetFileName(file);
        var stem = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(name) : name;
        return Path.Combine(Path.GetDirectoryName(file) ?? "", stem.Replace(".idx3-ubyte", "", StringComparison.Ordinal) + ".evaluation.json");
    }

    public static Judgement Run(Options options, Surroundings around, Func<Digits> load, CancellationToken token)
    {
        using var scope = NewDisposeScope();
        var most = options.EvaluationSamples;
        using var images = IdxFile.ReadImages(options.File, most, token);
        if (images.Count < FewestImages)
        {
            throw new UserErrorException($"{options.File} holds {images.Count} images; at least {FewestImages} are needed, better 10,000.");
        }

        using var asked = AskedDigits(options.File, images.Count, most, token);
        using var digits = load();
        using var judge = digits.OpenJudge(options.Judge, around, token);
        var found = judge.Evaluate(images.Values, asked?.Values.to(ScalarType.Int64), "these images", token);
        around.Output.WriteLine(found);
        var figures = new { options.File, Reference = digits.Description, Judge = judge.Facts, found.Rows, found.Copies };
        File.WriteAllText(options.Json + ".tmp", JsonSerializer.Serialize(figures, _json));
        File.Move(options.Json + ".tmp", options.Json, overwrite: true);
        around.Output.WriteLine($"Figures: {Path.GetFullPath(options.Json)}");
        return found;
    }

    /// <summary>The labels beside the images, named as MNIST names its own; null where there are none.</summary>
    private static IdxContent? AskedDigits(string file, int images, int most, CancellationToken token)
    {
        if (OutputFolder.LabelsBeside(file) is not { } path || !File.Exists(path))
        {
            return null;
        }

        var labels = IdxFile.ReadLabels(path, most, token);
        return labels.Count == images ? labels : throw new UserErrorException($"{path} holds {labels.Count} labels, but {file} holds {images} images.");
    }
}
