namespace AdversarialKit;

/// <summary>The ways of failing that training looks out for.</summary>
public enum DiagnosisKind
{
    /// <summary>The discriminator tells real from fake almost without error, and the generator learns little from it.</summary>
    DiscriminatorSaturated,

    /// <summary>The generator makes nearly the same sample from every latent.</summary>
    GeneratorCollapsed,

    /// <summary>A loss stands at the value at which probabilities are clipped, where its gradient is 0.</summary>
    LossPinned,

    /// <summary>A loss, a gradient or a weight is no finite number.</summary>
    Diverged,

    /// <summary>The real samples lie in another range than the generator can make, such as 0 to 255 against -1 to 1.</summary>
    RangesDiffer,
}
