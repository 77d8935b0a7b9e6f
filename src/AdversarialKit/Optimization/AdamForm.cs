namespace AdversarialKit;

/// <summary>The variants of Adam, which differ in where epsilon and the weight decay stand.</summary>
internal enum AdamForm
{
    /// <summary>Epsilon beside the corrected root; the decay is part of the gradient.</summary>
    Torch,

    /// <summary>As <see cref="Torch"/>, but the decay shrinks the weights instead.</summary>
    Decoupled,

    /// <summary>Epsilon beside the uncorrected root; one step counter for all parameters.</summary>
    Keras,
}
