using System.CommandLine;

namespace MnistGan;

/// <summary><c>evaluate</c> as users type it.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Func<Options, int> evaluate)
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
            var images = FileOf(result.GetValue(file), result.GetValue(run));
            return evaluate(new Options
            {
                File = images,
                Json = result.GetValue(json) ?? JsonBeside(images),
                Dataset = Enum.Parse<DatasetChoice>(result.GetValue(dataset)!, ignoreCase: true),
                DataFolder = result.GetValue(data),
                Threads = result.GetValue(threads),
            });
        });
        return command;
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
}
