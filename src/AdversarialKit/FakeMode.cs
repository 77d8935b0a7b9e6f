namespace AdversarialKit;

/// <summary>In which mode the generator makes the fakes for the discriminator step.</summary>
public enum FakeMode
{
    /// <summary>Training mode, as PyTorch scripts do: batch statistics are used, and the generator's running statistics move.</summary>
    Training,

    /// <summary>Inference mode, as Keras's <c>predict</c> does: running statistics are used, and nothing of the generator moves.</summary>
    Inference,

    /// <summary>
    /// Training mode, and the generator step learns from the fakes of the last discriminator step instead of making others,
    /// as PyTorch's DCGAN tutorial does: one forward pass of the generator less per iteration, at the price of its graph's
    /// memory during the discriminator step. Steps made one by one make their own fakes, as in <see cref="Training"/>.
    /// </summary>
    Shared,
}
