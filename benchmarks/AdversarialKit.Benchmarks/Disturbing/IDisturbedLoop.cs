namespace AdversarialKit.Benchmarks;

/// <summary>Work whose result can be compared to the last bit.</summary>
internal interface IDisturbedLoop : IDisposable
{
    void Iterate();

    /// <summary>A digest of all that the iterations have come to.</summary>
    string Digest();
}
