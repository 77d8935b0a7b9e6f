namespace AdversarialKit.Benchmarks;

/// <summary>MNIST, or drawn digits where it is not to be had.</summary>
/// <param name="JudgePath">Where their judge is kept.</param>
/// <param name="Training">What is learned from.</param>
/// <param name="Test">What no GAN sees.</param>
/// <param name="Description">What it is and where it comes from.</param>
internal sealed record DigitsAndTest(string JudgePath, ImageDataSet Training, ImageDataSet Test, string Description) : IDisposable
{
    private static readonly string _cache = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "AdversarialKit", "mnist");

    /// <summary>Reads MNIST from a folder, or else from the cache, or draws digits.</summary>
    public static DigitsAndTest Load(string? folder)
    {
        var place = folder ?? _cache;
        return folder is not null || (MnistFiles.Training.MissingIn(place) is null && MnistFiles.Test.MissingIn(place) is null)
            ? new DigitsAndTest(Path.Combine(_cache, "judge-mnist.safetensors"), MnistFiles.Training.Read(place), MnistFiles.Test.Read(place), $"MNIST from {place}")
            : new DigitsAndTest(Path.Combine(_cache, "judge-digits.safetensors"), ImageDataSets.DrawnDigits(), ImageDataSets.DrawnDigits(MnistFiles.Test.Count, seed: 2), "drawn digits");
    }

    /// <summary>The judge of these digits, kept in the cache; the caller disposes it, before the digits.</summary>
    public PictureJudge OpenJudge(PictureJudgeOptions options, StatusLine status, CancellationToken token) => PictureJudge.Open(
        JudgePath,
        Training,
        options with { Test = Test, Description = Description, Progress = status },
        token);

    public void Dispose()
    {
        Training.Dispose();
        Test.Dispose();
    }
}
