using System.Text.Json;
using System.Text.Json.Serialization;
using AdversarialKit;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Judges a file of images between two anchors, the real test set and noise; prints, and writes the figures as JSON.</summary>
internal static class Evaluation
{
    // Fewer images give figures that say nothing.
    private const int FewestImages = 100;

    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static int Run(Options options, Surroundings around)
    {
        if (options.Threads is { } threads)
        {
            set_num_threads(threads);
        }

        return StopSignal.Heed(around.Error, stop =>
        {
            Run(options, around, () => Digits.Load(options, around, withTest: true, stop.Token), stop.Token);
            return 0;
        });
    }

    /// <summary>Judges by digits that are loaded, and disposed, here.</summary>
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
        Write(options.Json, new { options.File, Reference = digits.Description, Judge = judge.Facts, found.Rows, found.Copies });
        around.Output.WriteLine($"Figures: {Path.GetFullPath(options.Json)}");
        return found;
    }

    private static void Write(string path, object figures)
    {
        File.WriteAllText(path + ".tmp", JsonSerializer.Serialize(figures, _json));
        File.Move(path + ".tmp", path, overwrite: true);
    }

    /// <summary>The labels beside the images, named as MNIST names its own; null where there are none.</summary>
    private static IdxContent? AskedDigits(string file, int images, int most, CancellationToken token)
    {
        if (OutputFolder.LabelsBeside(file) is not { } path || !File.Exists(path))
        {
            return null;
        }

        var labels = IdxFile.ReadLabels(path, most, token);
        return labels.Count == images
            ? labels
            : throw new UserErrorException($"{path} holds {labels.Count} labels, but {file} holds {images} images.");
    }
}
