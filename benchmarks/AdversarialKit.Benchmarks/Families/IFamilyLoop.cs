namespace AdversarialKit.Benchmarks;

/// <summary>A family of networks trained by the library or by hand; both must come to the same numbers.</summary>
internal interface IFamilyLoop : ITrainingLoop
{
    /// <summary>What the last iteration measured, in an order that the two share.</summary>
    IReadOnlyList<double> Numbers { get; }
}
