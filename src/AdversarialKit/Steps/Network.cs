using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>
/// A module with the snapshot that was taken of it at Build(): which parameters a compiled step may move. The flags that
/// stand on the module afterwards are the caller's and have no say.
/// </summary>
internal sealed class Network
{
    private readonly NetworkForward _forward;
    private readonly Autocast? _autocast;
    private readonly bool[] _trainable;
    private readonly bool[] _frozen;
    private readonly NetworkBuffers _buffers;
    private readonly NetworkModes _modes;
    private readonly Lazy<bool> _treatsSamplesAlone;

    public Network(string role, nn.Module module, NetworkForward forward, Autocast? autocast)
    {
        Role = role;
        Module = module;
        _forward = forward;
        _autocast = autocast;
        _buffers = new NetworkBuffers(module);
        _modes = new NetworkModes(module);
        _treatsSamplesAlone = new Lazy<bool>(() => BatchDependence.IsKnownAbsent(module));
        Parameters = [.. module.named_parameters().Select(p => (p.name, p.parameter))];
        ElementType = Parameters[0].Parameter.dtype;
        Device = Parameters[0].Parameter.device;
        _trainable = [.. Parameters.Select(p => p.Parameter.requires_grad)];
        _frozen = new bool[Parameters.Length];
        Trainable = [.. Parameters.Where((_, i) => _trainable[i]).Select(p => p.Parameter)];
    }

    /// <summary>"generator" or "discriminator", for messages.</summary>
    public string Role { get; }

    public nn.Module Module { get; }

    public (string Name, Parameter Parameter)[] Parameters { get; }

    /// <summary>The parameters that were trainable at Build(), in the module's order.</summary>
    public Parameter[] Trainable { get; }

    public IEnumerable<(string Name, Tensor Buffer)> Buffers => _buffers.Named();

    public ScalarType ElementType { get; }

    public Device Device { get; }

    /// <summary>Whether <see cref="Forward"/> computes in bfloat16.</summary>
    public bool ComputesInBFloat16 => _autocast is not null;

    /// <summary>Whether two batches may go through it as one; see <see cref="BatchDependence.IsKnownAbsent"/>.</summary>
    public bool TreatsSamplesAlone => _treatsSamplesAlone.Value;

    /// <summary>
    /// Whether a first layer works in place. It is then given copies: what it is given is the caller's, or another network's
    /// output that a backward pass still needs, or a leaf, which autograd lets nobody change.
    /// </summary>
    public bool ChangesItsInput { get; set; }

    /// <summary>A pass of training, in the precision that was chosen. What it returns is of the weights' type.</summary>
    public NetworkOutput Forward(Tensor input, Tensor? condition)
    {
        input = Given(input);
        if (_autocast is null)
        {
            return _forward(input, condition);
        }

        NetworkOutput output;
        using (_autocast.Enter())
        {
            output = _forward(input, condition);
        }

        return new NetworkOutput(output.Output.to(ElementType), output.Auxiliary?.to(ElementType));
    }

    /// <summary>Whatever pass of training, in the precision that was chosen. What it returns is of the weights' type.</summary>
    public Tensor Compute(Func<Tensor> pass)
    {
        if (_autocast is null)
        {
            return pass();
        }

        using (_autocast.Enter())
        {
            return pass().to(ElementType);
        }
    }

    /// <summary>A pass outside of training, in the type of the weights.</summary>
    public NetworkOutput ForwardInFull(Tensor input, Tensor? condition) => _forward(Given(input), condition);

    /// <summary>Until disposed, what runs is recorded for the trainable parameters of the snapshot, and for them alone.</summary>
    public GradientFlags RecordTrainable() => GradientFlags.Set(this, _trainable);

    /// <summary>Until disposed, nothing that runs is recorded for any parameter.</summary>
    public GradientFlags RecordNothing() => GradientFlags.Set(this, _frozen);

    /// <summary>Until disposed, forward passes move copies of the buffers instead of the buffers.</summary>
    public NetworkBuffers.Isolation IsolateBuffers() => _buffers.Isolate();

    /// <summary>Until disposed, the module and all its children are in training or inference mode.</summary>
    public NetworkModes.Scope InMode(bool training) => _modes.Set(training);

    /// <summary>Tells a module that was disposed or replaced its parameters since Build(), before native code finds out.</summary>
    public void ThrowIfGone()
    {
        foreach (var (name, parameter) in Parameters)
        {
            if (parameter.IsInvalid)
            {
                throw new InvalidOperationException(
                    $"Parameter '{name}' of the {Role} is gone: its module was disposed or moved with to(...) after Build(). " +
                    "Keep the modules alive and unmoved while the GAN is in use, or build a new GAN.");
            }
        }
    }

    /// <summary>The input, or a copy where the module's first layer would change it.</summary>
    public Tensor Given(Tensor input) => ChangesItsInput ? input.clone() : input;

    public void ClearGradients()
    {
        foreach (var parameter in Trainable)
        {
            parameter.grad = null;
        }
    }
}
