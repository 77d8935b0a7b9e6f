namespace AdversarialKit.Benchmarks;

/// <summary>How the sample's service is put under load.</summary>
/// <param name="Clients">How many ask at once.</param>
/// <param name="Seconds">How long they ask.</param>
/// <param name="Count">Digits in a request.</param>
internal sealed record ServeOptions(int Clients, double Seconds, int Count)
{
    /// <summary>What is served in all, at the least, to see whether memory stays as it is.</summary>
    public const long Samples = 110_000;

    /// <summary>Digits in a large request, as many as the service allows.</summary>
    public const int LargeCount = 256;

    /// <summary>How long the lone one asks.</summary>
    public double AloneSeconds => Seconds / 3;

    /// <summary>What is served has learned little; that costs no less.</summary>
    public int Iterations { get; init; } = 50;
}
