namespace AdversarialKit;

/// <summary>A generator's module in inference mode, and how to call it. It is the sampler's own.</summary>
internal sealed class SampledNetwork : IDisposable
{
    private readonly Func<Tensor, Tensor?, Tensor> _forward;

    private SampledNetwork(nn.Module module, Func<Tensor, Tensor?, Tensor> forward)
    {
        (Module, _forward) = (module, forward);
        var first = module.parameters().FirstOrDefault();
        (ElementType, Device) = (first?.dtype ?? ScalarType.Float32, first?.device ?? CPU);
    }

    public nn.Module Module { get; }

    public IStyleGenerator? Styles => Module as IStyleGenerator;

    public ScalarType ElementType { get; }

    public Device Device { get; }

    public static SampledNetwork Of(nn.Module<Tensor, Tensor>? module) => new(Given(module), (latents, _) => module!.call(latents));

    /// <summary>A generator of its condition alone, as of <see cref="GanBuilder.WithoutLatent"/>.</summary>
    public static SampledNetwork OfCondition(nn.Module<Tensor, Tensor>? module) => new(Given(module), (_, condition) => module!.call(condition!));

    public static SampledNetwork Of(nn.Module<Tensor, Tensor, Tensor>? module) => new(Given(module), (latents, condition) => module!.call(latents, condition!));

    public Tensor Forward(Tensor latents, Tensor? condition) => _forward(latents, condition);

    public void Dispose() => Module.Dispose();

    private static nn.Module Given(nn.Module? module) =>
        module ?? throw new InvalidOperationException("The function that makes a sampler's generator returned null; it must return a new module at every call.");
}
