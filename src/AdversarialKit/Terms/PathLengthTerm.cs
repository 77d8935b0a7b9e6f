namespace AdversarialKit;

internal sealed class PathLengthTerm : IGeneratorTerm, IStateful, ITeamMember, IDisposable
{
    private const string MeanName = "mean";

    private readonly double _decay;
    private readonly double _batchShare;
    private Tensor? _mean;
    private Team? _team;

    public PathLengthTerm(double decay, double batchShare)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(decay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decay, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchShare, 1);
        (_decay, _batchShare) = (decay, batchShare);
    }

    public Tensor Compute(GeneratorTermContext context)
    {
        var generator = context.Styles ?? throw new InvalidOperationException(
            $"Path length regularization needs the generator in two parts. Let its module implement {nameof(IStyleGenerator)}.");
        using var scope = NewDisposeScope();
        var count = Math.Max(1, (long)(context.Latents.shape[0] * _batchShare));
        var condition = context.Condition?.narrow(0, 0, count);
        var styles = generator.Map(context.DrawLatents(count), condition);
        var samples = generator.Synthesize(styles, condition);
        return Penalize(samples, styles, context).MoveToOuterDisposeScope();
    }

    public IReadOnlyDictionary<string, Tensor> GetState() => new Dictionary<string, Tensor>
    {
        [MeanName] = _mean is null ? zeros([], dtype: ScalarType.Float64) : _mean.to(ScalarType.Float64).cpu().clone(),
    };

    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var mean = NamedTensors.Require(state, MeanName, [], ScalarType.Float64);
        NamedTensors.RefuseOthers(state, new HashSet<string> { MeanName });
        if (!(mean.item<double>() >= 0 && double.IsFinite(mean.item<double>())))
        {
            throw new ArgumentException($"The mean path length is {Text.Number(mean.item<double>())}; it must be a finite number of at least 0.", nameof(state));
        }

        Keep(mean.clone());
    }

    public void Join(Team team) => _team = team;

    public void Dispose() => _mean?.Dispose();

    public override string ToString() => $"path length (decay {Text.Number(_decay)}, {Text.Number(_batchShare)} of the batch)";

    private Tensor Penalize(Tensor samples, Tensor styles, GeneratorTermContext context)
    {
        var pixels = 1L;
        for (var i = 2; i < samples.dim(); i++)
        {
            pixels *= samples.size(i);
        }

        // |J^T y| without the Jacobian: J^T y is the gradient of sum(G(w) y).
        var noise = context.RandomNormal(samples.shape) / Math.Sqrt(pixels);
        var gradient = DiscriminatorGradient.Of([(samples * noise).sum()], [styles])[0];
        var squares = gradient.square().sum(-1);
        var lengths = (squares.dim() > 1 ? squares.mean([1]) : squares).sqrt();
        var before = _mean is null ? zeros([], dtype: lengths.dtype, device: lengths.device) : _mean.to(lengths.dtype).to(lengths.device);
        var mean = before + ((TeamMean.Of(lengths.mean(), _team) - before) * _decay);
        Keep(mean.detach().clone());
        return (lengths - mean).square().mean();
    }

    private void Keep(Tensor mean)
    {
        _mean?.Dispose();
        _mean = mean.DetachFromDisposeScope();
    }
}
