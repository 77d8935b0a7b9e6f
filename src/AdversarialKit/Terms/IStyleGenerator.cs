namespace AdversarialKit;

/// <summary>A generator in two parts, latents to styles and styles to samples, for <see cref="GeneratorTerm.PathLength"/>. Implemented by the module.</summary>
public interface IStyleGenerator
{
    /// <summary>Maps latents to styles.</summary>
    /// <param name="latents">Latents <c>[N, ...]</c>.</param>
    /// <param name="condition">Their condition, for a conditional GAN; else null.</param>
    /// <returns>Styles <c>[N, K]</c>, or <c>[N, L, K]</c> with one for each of L layers.</returns>
    Tensor Map(Tensor latents, Tensor? condition);

    /// <summary>Maps styles to samples.</summary>
    /// <param name="styles">What <see cref="Map"/> returned.</param>
    /// <param name="condition">The condition, for a conditional GAN; else null.</param>
    /// <returns>Samples <c>[N, ...]</c>.</returns>
    Tensor Synthesize(Tensor styles, Tensor? condition);
}
