using System.CommandLine;

namespace MnistGan;

/// <summary><c>evaluate</c> as users type it.</summary>
internal sealed class EvaluateCommand
{
    private readonly Argument<string?> _file = new("FILE")
    {
        Description = "Images of 28 x 28 pixels in MNIST's format (IDX), gzipped or not.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _run = ParsedOption.Text("--run", null, "DIR", $"The folder of a run: judges its {Export.FileName}.");

    private readonly Option<string?> _json = ParsedOption.Text("--json", null, "FILE", "Where to write the figures. [default: beside the images, *.evaluation.json]");

    private readonly Option<string> _dataset = ParsedOption.Choice("--dataset", new Options().Dataset, "The real images: MNIST, or the digits that this program draws.");

    private readonly Option<string?> _data = ParsedOption.Text("--data", null, "DIR", "Folder with MNIST's files, training and test set.");

    private readonly Option<int?> _threads = ParsedOption.OptionalNumber("--threads", 1024, "Threads that torch may use. [default: torch's choice]");

    private EvaluateCommand()
    {
    }

    /// <summary>The command; <paramref name="evaluate"/> does the work.</summary>
    public static Command Create(Func<EvaluateOptions, int> evaluate)
    {
        var self = new EvaluateCommand();
        var command = new Command("evaluate", "Judges generated digits: distance to real ones, precision, recall, coverage, classes found.")
        {
            self._file, self._run, self._json, self._dataset, self._data, self._threads,
        };
        command.SetAction(result => evaluate(self.Read(result)));
        return command;
    }

    private EvaluateOptions Read(ParseResult result)
    {
        var file = FileOf(result.GetValue(_file), result.GetValue(_run));
        return new EvaluateOptions
        {
            File = file,
            Json = result.GetValue(_json) ?? JsonBeside(file),
            Data = new Options
            {
                Dataset = Enum.Parse<DatasetChoice>(result.GetValue(_dataset)!, ignoreCase: true),
                DataFolder = result.GetValue(_data),
                Threads = result.GetValue(_threads),
            },
        };
    }

    private static string FileOf(string? file, string? run) => (file, run) switch
    {
        (null, null) => throw new UserErrorException("evaluate needs a FILE of images, or --run and the folder of a run."),
        (not null, not null) => throw new UserErrorException("evaluate takes a FILE or --run, not both; leave one of the two out."),
        (['-', '-', ..], null) => throw new UserErrorException($"'{file}' is not an option of this program; --help lists what is."),
        (not null, null) => Existing(file, $"There is no file '{file}'."),
        _ => Existing(
            Path.Combine(run!, Export.FileName),
            $"The run '{run}' has no {Export.FileName}, which a run writes when it ends."),
    };

    private static string Existing(string path, string complaint) => File.Exists(path) ? path : throw new UserErrorException(complaint);

    /// <summary><c>samples.idx3-ubyte.gz</c> to <c>samples.evaluation.json</c>.</summary>
    private static string JsonBeside(string file)
    {
        var name = Path.GetFileName(file);
        var stem = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(name) : name;
        stem = stem.Replace(".idx3-ubyte", "", StringComparison.Ordinal);
        return Path.Combine(Path.GetDirectoryName(file) ?? "", stem + ".evaluation.json");
    }
}
