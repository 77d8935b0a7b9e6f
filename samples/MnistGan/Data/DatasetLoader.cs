namespace MnistGan;

/// <summary>Turns the user's choice into images.</summary>
internal static class DatasetLoader
{
    // The drawn digits are a data set like any other: the same for every run, whatever --seed says.
    private const long DrawingSeed = 1;

    /// <summary>Loads the training images.</summary>
    public static Dataset Load(Options options, Surroundings around, CancellationToken token) => LoadNamed(options, around, token).Images;

    /// <summary>Loads the training images and tells whether this program drew them.</summary>
    public static (Dataset Images, bool Drawn) LoadNamed(Options options, Surroundings around, CancellationToken token)
    {
        if (options.Dataset == DatasetChoice.Digits)
        {
            return (DrawnDigits.Draw(DrawnDigits.UsualCount, DrawingSeed, token), Drawn: true);
        }

        try
        {
            return (new MnistSource(around).Load(MnistPart.Training, options.DataFolder, token), Drawn: false);
        }
        catch (MnistUnavailableException reason) when (options.Dataset == DatasetChoice.Auto)
        {
            around.Output.WriteLine($"MNIST is not on this machine and cannot be downloaded ({reason.Message}); going on with drawn digits.");
            return (DrawnDigits.Draw(DrawnDigits.UsualCount, DrawingSeed, token), Drawn: true);
        }
        catch (MnistUnavailableException reason)
        {
            throw new UserErrorException(
                $"MNIST is not on this machine and cannot be downloaded ({reason.Message}). "
                + $"Name a folder that has its files with --data or {MnistSource.FolderVariable}, or use --dataset digits.",
                reason);
        }
    }
}
