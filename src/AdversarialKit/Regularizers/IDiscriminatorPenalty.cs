namespace AdversarialKit;

/// <summary>A term that is added to the discriminator's loss. Its weight and interval belong to the builder.</summary>
public interface IDiscriminatorPenalty
{
    /// <summary>
    /// The input gradients that the step must prepare: it then lets the forward pass that the loss needs anyway record
    /// them, which saves a pass of its own.
    /// </summary>
    /// <value>Default: <see cref="InputGradients.None"/>.</value>
    InputGradients Needs => InputGradients.None;

    /// <summary>
    /// Whether the penalty takes each row of an input gradient for the gradient of one sample's output. It is that only
    /// where the discriminator treats samples one by one: batch normalization in training mode mixes them, and
    /// <c>Build()</c> refuses the pair.
    /// </summary>
    /// <value>Default: false.</value>
    bool NeedsIndependentSamples => false;

    /// <summary>
    /// Computes the unweighted penalty, connected to the discriminator's parameters. Under gradient accumulation it is called
    /// once for each part of the batch.
    /// </summary>
    /// <param name="context">What this discriminator step has computed. Valid during the call only.</param>
    /// <returns>A scalar to minimise; the step disposes it.</returns>
    Tensor Compute(PenaltyContext context);
}
