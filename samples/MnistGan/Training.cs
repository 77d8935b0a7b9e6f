namespace MnistGan;

/// <summary>The GAN and its training loop.</summary>
internal static class Training
{
    /// <summary>Trains until <see cref="Options.Iterations"/> or a cancelled <paramref name="token"/>.</summary>
    public static RunSummary Run(Options options, Dataset dataset, IProgressDisplay display, CancellationToken token) =>
        throw new NotImplementedException("The GAN is plugged in here.");
}
