using AdversarialKit;
using TorchSharp;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Judges a file of images between two anchors: the real test set and noise.</summary>
/// <param name="options">What was asked for.</param>
/// <param name="around">Where the judge is kept and words go.</param>
/// <param name="load">Loads the real images; the evaluation disposes them.</param>
internal sealed class Evaluation(EvaluateOptions options, Surroundings around, Func<CancellationToken, JudgeData> load)
{
    /// <summary>Fewer images give figures that say nothing.</summary>
    public const int FewestImages = 100;

    private const ulong NoiseSeed = 5;

    private readonly StatusLine _status = new(around);

    private IdxWish Wish => new() { Most = (int)options.Samples };

    /// <summary>Evaluates, prints, and writes the JSON file.</summary>
    public static int Run(EvaluateOptions options, Surroundings around)
    {
        if (options.Data.Threads is { } threads)
        {
            set_num_threads(threads);
        }

        return StopSignal.Heed(around, stop =>
        {
            new Evaluation(options, around, token => JudgeData.Load(options.Data, around, token)).Run(stop.Token);
            return ExitCode.Done;
        });
    }

    /// <summary>Evaluates, prints, writes the JSON file, and returns what is in it.</summary>
    public EvaluationReport Run(CancellationToken token)
    {
        var report = Evaluate(token);
        report.WriteTo(around.Output);
        report.WriteJson(options.Json);
        around.Output.WriteLine($"Figures: {Path.GetFullPath(options.Json)}");
        return report;
    }

    private EvaluationReport Evaluate(CancellationToken token)
    {
        using var file = IdxFile.ReadImages(options.File, Wish, token);
        if (file.Count < FewestImages)
        {
            throw new UserErrorException($"{options.File} holds {file.Count} images; at least {FewestImages} are needed, better 10,000.");
        }

        using var scope = NewDisposeScope();
        var asked = AskedDigits(file.Count, token);
        using var data = load(token);
        using var judge = new KeptJudge(options.Judge, around, _status).Open(data, token);
        return Compare(judge, data, (file.Values, asked), token);
    }

    private EvaluationReport Compare(Judge judge, JudgeData data, (Tensor Values, Tensor? Asked) images, CancellationToken token)
    {
        using var scope = NewDisposeScope();
        using var random = new torch.Generator(NoiseSeed);
        var count = Math.Min(options.Samples, images.Values.shape[0]);
        var noise = randint(0, 256, [count, InkField.Side, InkField.Side], dtype: ScalarType.Byte, generator: random);
        _status.Show("Comparing with real digits");
        var (features, probabilities) = judge.Look(First(data.Compared()), token);
        using var quality = new SampleQuality(features, probabilities);
        var rows = new[]
        {
            Row("real training set", First(data.Unseen()), null),
            Row("real test set", First(data.Test.Images), null),
            Row("these images", First(images.Values), images.Asked),
            Row("noise", noise, null),
        };
        var copies = new CopyCheck(judge, _status).Of(data, First(images.Values), token);
        _status.Clear();
        return new EvaluationReport(options.File, data.Training.Description, judge.Figures, rows, copies);

        EvaluationRow Row(string name, Tensor seen, Tensor? asked)
        {
            using var inner = NewDisposeScope();
            var (found, classes) = judge.Look(seen, token);
            var report = quality.Judge(found, classes, new StatusProgress(_status, $"Comparing {name} with real digits", token));
            var agreement = asked is null ? (double?)null : classes.argmax(1).eq(First(asked)).to(ScalarType.Float64).mean().ToDouble();
            return new EvaluationRow(name, report, agreement);
        }
    }

    private Tensor First(Tensor images) => images.narrow(0, 0, Math.Min(options.Samples, images.shape[0]));

    /// <summary>The labels beside the images, named as MNIST names its own; null where there are none.</summary>
    private Tensor? AskedDigits(int images, CancellationToken token)
    {
        var path = Export.LabelsBeside(options.File);
        if (path is null || !File.Exists(path))
        {
            return null;
        }

        using var labels = IdxFile.ReadLabels(path, Wish, token);
        return labels.Count == images
            ? labels.Values.to(ScalarType.Int64)
            : throw new UserErrorException($"{path} holds {labels.Count} labels, but {options.File} holds {images} images.");
    }
}
