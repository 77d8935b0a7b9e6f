namespace AdversarialKit;

/// <summary>What can go wrong in a run.</summary>
public enum DiagnosisKind
{
    /// <summary>The discriminator tells everything apart and teaches the generator nothing.</summary>
    DiscriminatorSaturated,

    /// <summary>The generator's samples are nearly equal.</summary>
    GeneratorCollapsed,

    /// <summary>A loss no longer moves.</summary>
    LossPinned,
}
