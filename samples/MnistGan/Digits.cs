using AdversarialKit;

namespace MnistGan;

/// <summary>MNIST, or the digits that are drawn where it is not to be had.</summary>
/// <param name="Name">Of the judge's files.</param>
/// <param name="Training">What is learned from.</param>
/// <param name="Test">What no GAN sees; null where nothing is judged.</param>
/// <param name="Description">What it is and where it comes from, for people.</param>
internal sealed record Digits(string Name, ImageDataSet Training, ImageDataSet? Test, string Description) : IDisposable
{
    public const string FolderVariable = "MNIST_DIR";

    // The drawn digits are a data set like any other: the same for every run, whatever --seed says.
    private const long DrawnSeed = 1;
    private const long DrawnTestSeed = 2;

    /// <summary>Turns the user's choice into images.</summary>
    /// <exception cref="UserErrorException">The folder that was named lacks them, or MNIST or nothing was asked for.</exception>
    /// <exception cref="InvalidDataException">A file in that folder is not the original.</exception>
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
        catch (HttpRequestException reason) when (options.Dataset == DatasetChoice.Auto)
        {
            around.Output.WriteLine($"MNIST is not on this machine and cannot be downloaded ({reason.Message}); going on with drawn digits.");
            return Draw(withTest, token);
        }
        catch (HttpRequestException reason)
        {
            throw new UserErrorException(
                $"MNIST is not on this machine and cannot be downloaded ({reason.Message}). "
                + $"Name a folder that has its files with --data or {FolderVariable}, or use --dataset digits.",
                reason);
        }
    }

    /// <summary>The judge of these digits: trained when it is first needed on a machine, and kept beside the data. The caller disposes it, before the digits.</summary>
    public PictureJudge OpenJudge(PictureJudgeOptions settings, Surroundings around, CancellationToken token)
    {
        var path = Path.Combine(around.CacheFolder, $"judge-{Name}.safetensors");
        var (isKept, status) = (File.Exists(path), new StatusLine(around.Output, around.OutputIsTerminal));
        var progress = new Told<JudgeProgress>(work => status.Show(FormattableString.Invariant($"{work.Work}: {100 * work.Share:F0} %")));
        var judge = PictureJudge.Open(path, Training, settings with { Test = Test, Description = Description, Progress = progress }, token);
        status.Clear();
        if (!isKept)
        {
            var (_, accuracy, _, seconds, _) = judge.Facts;
            around.Output.WriteLine(FormattableString.Invariant(
                $"The judge was trained in {ReadableTime.Of(TimeSpan.FromSeconds(seconds))} and names {100 * accuracy:F2} % of the test set rightly."));
        }

        return judge;
    }

    public void Dispose()
    {
        Training.Dispose();
        Test?.Dispose();
    }

    private static Digits Draw(bool withTest, CancellationToken token) => new(
        "digits",
        ImageDataSets.DrawnDigits(MnistFiles.Training.Count, DrawnSeed, token),
        withTest ? ImageDataSets.DrawnDigits(MnistFiles.Test.Count, DrawnTestSeed, token) : null,
        FormattableString.Invariant($"{MnistFiles.Training.Count:N0} digits drawn by this program"));

    /// <summary>In the user's folder, in the one that MNIST_DIR names, in the cache, on a mirror. A folder that was named is the only place looked at.</summary>
    internal static (ImageDataSet Pictures, string Folder) Load(MnistFiles part, string? folder, Surroundings around, CancellationToken token)
    {
        var (named, setting) = folder is not null ? (folder, "--data") : (around.Variable(FolderVariable), FolderVariable);
        if (string.IsNullOrEmpty(named))
        {
            var status = new StatusLine(around.Output, around.OutputIsTerminal);
            return (part.ReadOrDownload(around.CacheFolder, around.Download with { Progress = new Told<MnistDownloadProgress>(Tell), Unusable = Complain }, token), around.CacheFolder);

            void Complain(string reason) => around.Output.WriteLine($"A file in the cache cannot be used and is downloaded again: {reason}");

            void Tell(MnistDownloadProgress file)
            {
                if (file.IsDone)
                {
                    status.Done($"Downloaded {file.Address} to {around.CacheFolder}");
                }
                else if (around.OutputIsTerminal)
                {
                    status.Show(FormattableString.Invariant($"Downloading {file.Address}: {file.Received / 1e6:F1} MB"));
                }
            }
        }

        return Directory.Exists(named)
            ? part.MissingIn(named) is { } names ? throw new UserErrorException($"{setting}: the folder '{named}' has none of {string.Join(", ", names)}.") : (part.Read(named), named)
            : throw new UserErrorException($"{setting}: the folder '{named}' does not exist.");
    }

    // Progress<T> would tell on another thread, and so in another order.
    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
