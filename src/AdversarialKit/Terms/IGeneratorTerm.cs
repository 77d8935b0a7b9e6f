namespace AdversarialKit;

/// <summary>A term that is added to the generator's loss. Its weight and interval belong to the builder.</summary>
/// <remarks>One that is <see cref="IStateful"/> becomes part of checkpoints; one that is <see cref="IDisposable"/> goes with the GAN.</remarks>
public interface IGeneratorTerm
{
    /// <summary>Computes the unweighted term.</summary>
    /// <param name="context">What this generator step offers. Valid during the call only.</param>
    /// <returns>A scalar to minimise, connected to the generator; the step disposes it.</returns>
    Tensor Compute(GeneratorTermContext context);
}
