using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>The direction in which a parameter moves: zero before its first step, which then is the first gradient.</summary>
internal sealed class FusedSgdState(Parameter parameter, bool hasMomentum) : FusedState(parameter)
{
#pragma warning disable CA1051, IDE1006 // Named and visible as in TorchSharp's SGD: the field is what a state is saved and found by.
    public Tensor? momentum_buffer = hasMomentum ? Zeros(parameter) : null;
#pragma warning restore CA1051, IDE1006

    protected override IReadOnlyList<Tensor> Tensors => momentum_buffer is null ? [] : [momentum_buffer];

    public override void to(Device device) =>
        momentum_buffer = momentum_buffer is null ? null : Move(momentum_buffer, device);
}
