namespace AdversarialKit;

internal sealed class ContentTerm : IGeneratorTerm
{
    private readonly Network _network;
    private readonly nn.Module<Tensor, Tensor> _module;
    private readonly Func<GeneratorTermContext, Tensor>? _target;

    public ContentTerm(nn.Module<Tensor, Tensor> module, Func<GeneratorTermContext, Tensor>? target)
    {
        if (!module.parameters().Any())
        {
            throw new ArgumentException(
                $"The content network ({module.GetType().Name}) has no parameters. A module of your own must call RegisterComponents() at the end of its constructor.",
                nameof(module));
        }

        _module = module;
        _target = target;
        _network = new Network("content network", module, (input, _) => new NetworkOutput(module.call(input)), null);
    }

    public Tensor Compute(GeneratorTermContext context)
    {
        using var mode = _network.InMode(training: false);
        var use = new NetworkUse(_network, NetworkRole.Seen, NetworkMode.Inference);
        var target = _target is null ? context.Real : _target(context);
        return (use.Forward(() => _module.call(context.Fakes)) - use.Forward(() => _module.call(target)).detach()).square().mean();
    }

    public override string ToString() => $"content by {_module.GetType().Name}";
}
