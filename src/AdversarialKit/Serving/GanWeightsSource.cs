namespace AdversarialKit;

/// <summary>A GAN that may be training: its weights are copied between two iterations.</summary>
internal sealed class GanWeightsSource(Gan gan) : IWeightsSource
{
    public bool HasOther(WeightsOrigin than) => gan.Iteration != than.Iteration;

    public IDisposable? Hold() => gan.System.Gate.Enter();

    public WeightsOrigin Load(nn.Module module) => new(null, gan.CopyForSamples(module));
}
