using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

/// <summary>Features that lie as far from the real ones as a test wants, whatever the samples are.</summary>
internal sealed class ScriptedFeatures(Tensor real, Func<double> distance) : IFeatureExtractor
{
    /// <summary>Called with every batch of samples.</summary>
    public Action<Tensor> OnExtract { get; init; } = _ => { };

    public Tensor Extract(Tensor samples)
    {
        OnExtract(samples);
        return real.narrow(0, 0, samples.shape[0]) + distance();
    }

    public void Dispose()
    {
    }
}
