namespace AdversarialKit;

/// <summary>What the discriminator's second output is trained for, beside telling real from fake.</summary>
internal interface IAuxiliaryTask
{
    /// <summary>The weighted loss in the discriminator step.</summary>
    Tensor Discriminator(Tensor real, Tensor fake, StepSlice slice);

    /// <summary>The weighted loss in the generator step.</summary>
    Tensor Generator(Tensor fake, StepSlice slice);
}
