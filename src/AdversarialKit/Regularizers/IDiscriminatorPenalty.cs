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

    /// <summary>Computes the unweighted penalty, connected to the discriminator's parameters.</summary>
    /// <param name="context">What this discriminator step has computed. Valid during the call only.</param>
    /// <returns>A scalar to minimise; the step disposes it.</returns>
    Tensor Compute(PenaltyContext context);
}
