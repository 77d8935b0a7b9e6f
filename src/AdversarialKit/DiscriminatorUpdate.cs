namespace AdversarialKit;

/// <summary>How one discriminator step turns its two losses, on real samples and on fakes, into updates.</summary>
public enum DiscriminatorUpdate
{
    /// <summary>
    /// One update on the sum of both losses and all penalties: the form in which papers write the objective, and for
    /// which they state their penalties' weights.
    /// </summary>
    Joint,

    /// <summary>One update on the mean of both losses (plus all penalties): the form of many tutorials.</summary>
    JointMean,

    /// <summary>
    /// Two updates, on the real batch first and then, with the weights that left, on the fakes: what Keras's
    /// <c>train_on_batch</c> called twice does. Needs a loss that falls into two terms, and no penalties.
    /// </summary>
    Separate,
}
