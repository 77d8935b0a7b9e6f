namespace AdversarialKit.Benchmarks;

/// <summary>A network that says how long its forward passes take.</summary>
internal sealed class TimedModule : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> _inner;
    private readonly Timeline _timeline;
    private readonly Func<string> _phase;

    public TimedModule(nn.Module<Tensor, Tensor> inner, Timeline timeline, Func<string> phase)
        : base("timed")
    {
        (_inner, _timeline, _phase) = (inner, timeline, phase);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        _timeline.Mark(Phase.Rest);
        var output = _inner.call(input);
        _timeline.Mark(_phase());
        return output;
    }
}
