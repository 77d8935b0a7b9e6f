namespace AdversarialKit;

/// <summary>Refuses what would give a judge without meaning, before native code sees it.</summary>
internal static class JudgeChecks
{
    // A sixth of them is compared, and neighbourhoods and covariances take about a hundred.
    private const long FewestPictures = 600;

    private const long SmallestSide = 4;

    public static void Check(ImageDataSet data, PictureJudgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        var (images, shape) = (data.Images, Text(data.Images));
        Require(images.shape[0] >= FewestPictures, $"A judge takes at least {FewestPictures} pictures; got {shape}. Give more of them.", nameof(data));
        Require(
            Math.Min(images.shape[2], images.shape[3]) >= SmallestSide,
            $"A judge takes pictures of at least {SmallestSide} x {SmallestSide} pixels; got {shape}. Give larger ones.", nameof(data));
        if (options.Test is { } test)
        {
            Require(
                test.Images.shape.Skip(1).SequenceEqual(images.shape.Skip(1)) && test.ClassNames.Count == data.ClassNames.Count,
                $"{nameof(options.Test)} is {Text(test.Images)} of {test.ClassNames.Count} classes, but the data is {shape} of {data.ClassNames.Count}. Give pictures of the same kind.",
                nameof(options));
        }

        AtLeast(options.Epochs, 1, nameof(options.Epochs));
        AtLeast(options.BatchSize, 2, nameof(options.BatchSize));
        AtLeast(options.KeepTogether, 1, nameof(options.KeepTogether));
        Require(options.MostSamples is >= 10 and <= 50_000, $"{nameof(options.MostSamples)} is {options.MostSamples}; it must be 10 to 50,000.", nameof(options));
        Require(
            options.LearningRate >= 0 && double.IsFinite(options.LearningRate),
            FormattableString.Invariant($"{nameof(options.LearningRate)} is {options.LearningRate}; it must be at least 0 and finite."), nameof(options));
        Require(
            options.LeastAccuracy is >= 0 and <= 1,
            FormattableString.Invariant($"{nameof(options.LeastAccuracy)} is {options.LeastAccuracy}; it must be 0 to 1."), nameof(options));

        void AtLeast(int value, int least, string name) => Require(value >= least, $"{name} is {value}; it must be at least {least}.", nameof(options));
    }

    public static void Samples(Tensor samples, Tensor? labels, ImageDataSet data, JudgeTask task)
    {
        ArgumentNullException.ThrowIfNull(samples);
        Require(
            samples.dim() == 4 && samples.shape[0] > 0 && samples.shape.Skip(1).SequenceEqual(data.Images.shape.Skip(1)),
            $"The judge looks at pictures [N, {string.Join(", ", data.Images.shape.Skip(1))}]; got {Text(samples)}.", nameof(samples));
        if (labels is not null)
        {
            Require(
                labels.dtype == ScalarType.Int64 && labels.dim() == 1 && labels.shape[0] == samples.shape[0],
                $"Labels must be Int64 [{samples.shape[0]}], one for each sample; got {labels.dtype} {Text(labels)}.", nameof(labels));
            Require(task.LearnsClasses, "The judge has learned no classes, so labels say nothing to it. Leave them out.", nameof(labels));
        }
    }

    private static string Text(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    private static void Require(bool good, string complaint, string parameter)
    {
        if (!good)
        {
            throw new ArgumentException(complaint, parameter);
        }
    }
}
