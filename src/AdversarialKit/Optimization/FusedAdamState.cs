using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Adam's running means of one parameter's gradient and of its square.</summary>
internal sealed class FusedAdamState(Parameter parameter) : FusedState(parameter)
{
#pragma warning disable CA1051, IDE1006 // Named and visible as in TorchSharp's Adam: the fields are what a state is saved and found by.
    public long step;
    public Tensor exp_avg = Zeros(parameter);
    public Tensor exp_avg_sq = Zeros(parameter);
#pragma warning restore CA1051, IDE1006

    public override long Steps
    {
        get => step;
        set => step = value;
    }

    protected override IReadOnlyList<Tensor> Tensors => [exp_avg, exp_avg_sq];

    public override void to(Device device) => (exp_avg, exp_avg_sq) = (Move(exp_avg, device), Move(exp_avg_sq, device));
}
