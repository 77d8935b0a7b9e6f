using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>A group whose decays a schedule of TorchSharp may change.</summary>
internal sealed class FusedAdamGroup : FusedGroup<FusedAdamState>, optim.IBetas
{
    public FusedAdamGroup(Parameter[] parameters, FusedAdamState[] states, OptimizerOptions options, (double, double) betas)
        : base(parameters, states, options)
    {
        Betas = betas;
        FirstMoments = new Tensor[states.Length];
        SecondMoments = new Tensor[states.Length];
    }

    public (double, double) Betas { get; set; }

    /// <summary>Room for the usual batch, so that a step allocates no arrays.</summary>
    public Tensor[] FirstMoments { get; }

    public Tensor[] SecondMoments { get; }
}
