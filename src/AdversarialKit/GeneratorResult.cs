namespace AdversarialKit;

/// <summary>What one generator step measured, before its update.</summary>
public readonly record struct GeneratorResult
{

    /// <summary>The generator's whole loss.</summary>
    public double Loss { get; init; }

    /// <summary>Of which the weighted loss of the auxiliary output, of classes or of a latent code; 0 where there is none.</summary>
    public double AuxiliaryLoss { get; init; }

    /// <summary>The terms of <c>WithGeneratorTerm</c> that were due in this step by name, without weight and interval; empty where there are none.</summary>
    public IReadOnlyDictionary<string, double> Terms
    {
        get => field ?? NumbersByName.None;
        init;
    }

    /// <summary>
    /// The L2 norm of the gradient over all parameters, before clipping; NaN unless gradients are clipped or
    /// <see cref="GanBuilder.WithGradientNorms"/> was called.
    /// </summary>
    public double GradientNorm { get; init; }
}
