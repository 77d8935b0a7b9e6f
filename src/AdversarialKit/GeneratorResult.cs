namespace AdversarialKit;

/// <summary>What one generator step measured, before its update.</summary>
public readonly record struct GeneratorResult
{
    /// <summary>The generator's loss.</summary>
    public double Loss { get; init; }
}
