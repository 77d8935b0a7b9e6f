namespace AdversarialKit;

/// <summary>In which type the networks compute in training; weights, gradients and optimizers keep the weights' own.</summary>
public enum ComputePrecision
{
    /// <summary>The type of the weights.</summary>
    Full,

    /// <summary>
    /// Products and activations in bfloat16, through libtorch's autocast: float32's range with 8 significant bits. Losses,
    /// penalties, statistics of normalization and updates stay in float32. Needs float32 weights.
    /// </summary>
    BFloat16,
}
