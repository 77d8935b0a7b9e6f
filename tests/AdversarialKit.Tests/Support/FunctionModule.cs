using static TorchSharp.torch;

namespace AdversarialKit.Tests.Support;

/// <summary>Calls a function as a module, with one linear layer's parameters so that there is something to train.</summary>
internal sealed class FunctionModule : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> linear;
    private readonly Func<nn.Module<Tensor, Tensor>, Tensor, Tensor> _function;

    public FunctionModule(long inputs, long outputs, Func<nn.Module<Tensor, Tensor>, Tensor, Tensor> function)
        : base(nameof(FunctionModule))
    {
        linear = nn.Linear(inputs, outputs);
        _function = function;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => _function(linear, input);
}
