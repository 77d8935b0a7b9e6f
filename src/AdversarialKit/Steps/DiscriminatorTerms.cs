namespace AdversarialKit;

/// <summary>A discriminator loss: the sum, and its two terms where it falls into them.</summary>
internal readonly record struct DiscriminatorTerms(Tensor Sum, Tensor? Real, Tensor? Fake);
