namespace AdversarialKit;

/// <summary>Turns samples into the vectors that metrics compare: features, or class probabilities.</summary>
public interface IFeatureExtractor : IDisposable
{
    /// <summary>Extracts from any number of samples, without gradients.</summary>
    /// <param name="samples">Samples <c>[N, ...]</c> in the range that the extractor was trained on. Remain the caller's.</param>
    /// <returns>Floating-point vectors <c>[N, F]</c>, which the caller disposes.</returns>
    Tensor Extract(Tensor samples);
}
