namespace AdversarialKit;

/// <summary>What the calls on an <see cref="AdversarialSystemBuilder"/> have gathered so far.</summary>
internal sealed class SystemConfiguration
{
    public List<(string Name, nn.Module Module)> Networks { get; } = [];

    public List<TensorDeclaration> Tensors { get; } = [];

    public List<CompiledStepBuilder> Steps { get; } = [];

    public List<(nn.Module Network, EmaOptions Average)> Averages { get; } = [];

    public List<(string Name, IStateful Piece)> Pieces { get; } = [];

    public Func<SamplingContext, Tensor>? Sampler { get; set; }

    public int MicroBatches { get; set; } = 1;

    public int TrialSize { get; set; } = 2;

    public ComputePrecision Precision { get; set; } = ComputePrecision.Full;

    public Device? Device { get; set; }

    public long? Seed { get; set; }

    public Team? Team { get; set; }

    public string? NameOf(nn.Module module) => Networks.Find(network => ReferenceEquals(network.Module, module)).Name;
}
