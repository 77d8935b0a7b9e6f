namespace AdversarialKit;

/// <summary>Which gradients of the discriminator's output with respect to its input a penalty needs.</summary>
[Flags]
public enum InputGradients
{
    /// <summary>None, or only those it asks for itself through <see cref="PenaltyContext.GradientAt"/>.</summary>
    None = 0,

    /// <summary>At the real samples.</summary>
    Real = 1,

    /// <summary>At the fakes.</summary>
    Fake = 2,
}
