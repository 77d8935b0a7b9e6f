using AdversarialKit;

namespace MnistGan;

/// <summary>MNIST, or the digits that are drawn where it is not to be had. <paramref name="Test"/> is null where nothing is judged.</summary>
internal sealed record Digits(string Name, ImageDataSet Training, ImageDataSet? Test, string Description) : IDisposable
{
    public const string FolderVariable = "MNIST_DIR";

    /// <summary>Turns the user's choice into images.</summary>
    public static Digits Load(Options options, Surroundings around, bool withTest, CancellationToken token)
    {
        if (options.Dataset == DatasetChoice.Digits)
        {
            return Draw(withTest, token);
        }

        try
        {
            var (training, folder) = Load(MnistFiles.Training, options.DataFolder, around, token);
            var test = withTest ? Load(MnistFiles.Test, options.DataFolder, around, token).Pictures : null;
            return new Digits("mnist", training, test, FormattableString.Invariant($"MNIST, {training.Labels.shape[0]:N0} images from {folder}"));
        }
        catch (HttpRequestException reason)
        {
            var complaint = $"MNIST is not on this machine and cannot be downloaded ({reason.Message})";
            if (options.Dataset == DatasetChoice.Mnist)
            {
                throw new UserErrorException($"{complaint}. Name a folder that has its files with --data or {FolderVariable}, or use --dataset digits.", reason);
            }

            around.Output.WriteLine($"{complaint}; going on with drawn digits.");
            return Draw(withTest, token);
        }
    }

    /// <summary>The judge of these digits: trained when it is first needed on a machine, and kept beside the data. The caller disposes it, before the digits.</summary>
    public PictureJudge OpenJudge(PictureJudgeOptions settings, Surroundings around, CancellationToken token)
    {
        var path = Path.Combine(around.CacheFolder, $"judge-{Name}.safetensors");
        var (isKept, status) = (File.Exists(path), around.Status());
        var judge = PictureJudge.Open(path, Training, settings with { Test = Test, Description = Description, Progress = status }, token);
        status.Clear();
        if (!isKept)
        {
            var (time, accuracy) = (TimeSpan.FromSeconds(judge.Facts.Seconds), judge.Facts.Accuracy);
            around.Output.WriteLine(FormattableString.Invariant($"The judge was trained in {ReadableTime.Of(time)} and names {100 * accuracy:F2} % of the test set rightly."));
        }

        return judge;
    }

    public void Dispose()
    {
        Training.Dispose();
        Test?.Dispose();
    }

    // A data set like any other: the same for every run, whatever --seed says.
    private static Digits Draw(bool withTest, CancellationToken token) => new(
        "digits",
        ImageDataSets.DrawnDigits(MnistFiles.Training.Count, seed: 1, token),
        withTest ? ImageDataSets.DrawnDigits(MnistFiles.Test.Count, seed: 2, token) : null,
        FormattableString.Invariant($"{MnistFiles.Training.Count:N0} digits drawn by this program"));

    /// <summary>In the user's folder, in the one that MNIST_DIR names, in the cache, on a mirror. A folder that was named is the only place looked at.</summary>
    internal static (ImageDataSet Pictures, string Folder) Load(MnistFiles part, string? folder, Surroundings around, CancellationToken token)
    {
        var (named, setting) = folder is not null ? (folder, "--data") : (around.Variable(FolderVariable), FolderVariable);
        if (string.IsNullOrEmpty(named))
        {
            return (part.ReadOrDownload(around.CacheFolder, around.Download with { Progress = around.Status(), Unusable = Complain }, token), around.CacheFolder);
        }

        return Directory.Exists(named)
            ? part.MissingIn(named) is { } names ? throw new UserErrorException($"{setting}: the folder '{named}' has none of {string.Join(", ", names)}.") : (part.Read(named), named)
            : throw new UserErrorException($"{setting}: the folder '{named}' does not exist.");

        void Complain(string reason) => around.Output.WriteLine($"A file in the cache cannot be used and is downloaded again: {reason}");
    }
}
