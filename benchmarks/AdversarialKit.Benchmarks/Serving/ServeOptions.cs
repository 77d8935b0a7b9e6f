namespace AdversarialKit.Benchmarks;

/// <summary>How the sample's service is put under load.</summary>
/// <param name="Clients">How many ask at once.</param>
/// <param name="Seconds">How long they ask.</param>
/// <param name="Count">Digits in a request.</param>
internal sealed record ServeOptions(int Clients, double Seconds, int Count)
{
    /// <summary>How long the lone one asks.</summary>
    public double AloneSeconds => Seconds / 3;

    /// <summary>What is served has learned little; that costs no less.</summary>
    public int Iterations { get; init; } = 50;
}
