using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>A group whose momentum a schedule of TorchSharp may change.</summary>
internal sealed class FusedSgdGroup(
    Parameter[] parameters, FusedSgdState[] states, OptimizerOptions options, double momentum)
    : FusedGroup<FusedSgdState>(parameters, states, options), optim.IMomentum
{
    public double Momentum { get; set; } = momentum;
}
