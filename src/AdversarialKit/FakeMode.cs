namespace AdversarialKit;

/// <summary>In which mode the generator makes the fakes for the discriminator step.</summary>
public enum FakeMode
{
    /// <summary>Training mode, as PyTorch scripts do: batch statistics are used, and the generator's running statistics move.</summary>
    Training,

    /// <summary>Inference mode, as Keras's <c>predict</c> does: running statistics are used, and nothing of the generator moves.</summary>
    Inference,
}
