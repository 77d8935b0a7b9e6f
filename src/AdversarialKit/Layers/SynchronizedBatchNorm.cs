using TorchSharp.Modules;
using TorchSharp.Utils;

namespace AdversarialKit;

/// <summary>
/// Batch normalization whose statistics are those of all ranks. In one process it is the layer that it was made of, to the bit.
/// </summary>
/// <remarks>
/// Without running statistics it takes those of the batch in inference mode too: of all ranks within a step, which all of them make, and else of
/// the samples at hand, since a rank that looks at its networks does so alone.
/// </remarks>
internal sealed class SynchronizedBatchNorm : nn.Module<Tensor, Tensor>, IBatchDependent, ITeamMember
{
    private readonly double _epsilon;
    private readonly double? _momentum;
    private readonly int[] _ranks;
    private Team? _team;

    // Not readonly: to() writes these fields by reflection, and an isolated forward pass swaps the buffers.
    [ComponentName(Name = "weight")]
    private Parameter? _weight;
    [ComponentName(Name = "bias")]
    private Parameter? _bias;
    [ComponentName(Name = "running_mean")]
    private Tensor? _runningMean;
    [ComponentName(Name = "running_var")]
    private Tensor? _runningVar;
    [ComponentName(Name = "num_batches_tracked")]
    private Tensor? _batches;

    /// <param name="layer">Is taken over: its weights and statistics move in, and it is disposed.</param>
    public SynchronizedBatchNorm(NormBase layer)
        : base(nameof(SynchronizedBatchNorm))
    {
        (_epsilon, _momentum) = (layer.eps, layer.momentum);
        _ranks = layer switch { BatchNorm1d => [2, 3], BatchNorm2d => [4], _ => [5] };
        Features = layer.num_features;
        _weight = Alias(layer.weight);
        _bias = Alias(layer.bias);
        _runningMean = Copy(layer.running_mean);
        _runningVar = Copy(layer.running_var);
        _batches = Copy(layer.num_batches_tracked);
        RegisterComponents();
        train(layer.training);
        layer.Dispose();
    }

    internal long Features { get; }

    internal double Epsilon => _epsilon;

    internal bool TracksStatistics => _runningMean is not null;

    internal (Parameter? Weight, Parameter? Bias, Tensor? Mean, Tensor? Variance) Numbers => (_weight, _bias, _runningMean, _runningVar);

    public void Join(Team team) => _team = team;

    public override Tensor forward(Tensor input)
    {
        Check(input);
        var ofBatch = training || !TracksStatistics;
        if (training && TracksStatistics)
        {
            using var noGraph = no_grad();
            _batches!.add_(Constant.One);
        }

        return ofBatch && _team is { } team && (training || team.IsInStep)
            ? OverAllRanks(input, team)
            : nn.functional.batch_norm(input, _runningMean, _runningVar, _weight, _bias, ofBatch, Momentum(), _epsilon);
    }

    public string? NeedUnmetBy(long samples) => samples < 2 ? BatchDependence.AtLeastTwo : null;

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SynchronizedBatchNorm({Features})");

    // Ioffe and Szegedy 2015, algorithm 1, over the batch of all ranks: one message forward, one backward.
    private Tensor OverAllRanks(Tensor input, Team team)
    {
        using var scope = NewDisposeScope();
        var type = input.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var x = input.to(type);
        var own = BatchMoments.Of(x);
        var (ownMean, ownVariance) = (own[0], own[1]);

        // The variance of all is the mean of variances and squared distances of means. Distances from the running mean are small: no cancellation.
        var origin = _runningMean is null ? zeros_like(ownMean) : _runningMean.detach().to(type).clone();
        var distance = ownMean - origin;
        var sums = TeamMean.Of(stack([distance, ownVariance + distance.square()]), team);
        var shift = sums[0];
        var variance = sums[1] - shift.square();
        var mean = origin + shift;
        Track(mean, variance, input.numel() / Features * team.Size);

        var scale = (variance + _epsilon).rsqrt();
        scale = _weight is null ? scale : scale * _weight;
        var offset = _bias is null ? -mean * scale : _bias - mean * scale;
        var shape = Enumerable.Repeat(1L, (int)input.dim()).ToArray();
        shape[1] = Features;
        return addcmul(offset.view(shape), x, scale.view(shape), Constant.One).to(input.dtype).MoveToOuterDisposeScope();
    }

    private void Track(Tensor mean, Tensor variance, long values)
    {
        if (!training || !TracksStatistics)
        {
            return;
        }

        using var noGraph = no_grad();
        var momentum = Momentum();
        using var kept = (1 - momentum).ToScalar();
        using var taken = momentum.ToScalar();
        var unbiased = variance.detach() * ((double)values / Math.Max(1, values - 1));
        _runningMean!.mul_(kept).add_(mean.detach().to(_runningMean.dtype), taken);
        _runningVar!.mul_(kept).add_(unbiased.to(_runningVar.dtype), taken);
    }

    // Without a momentum the running statistics are the mean over all batches.
    private double Momentum() => _momentum ?? (TracksStatistics ? 1.0 / Math.Max(1, _batches!.cpu().item<long>()) : 0);

    private void Check(Tensor input)
    {
        if (!_ranks.Contains((int)input.dim()) || input.size(1) != Features)
        {
            throw new ArgumentException(
                $"SynchronizedBatchNorm was given an input of shape {Text.Shape(input)}; it takes {string.Join(" or ", _ranks)} dimensions with {Features} channels, as the layer that it was made of.",
                nameof(input));
        }
    }

    // Shares the memory, so that nothing is copied, but survives the layer that is disposed.
    private static Parameter? Alias(Parameter? parameter) =>
        parameter is null ? null : (Parameter)new Parameter(parameter.detach(), parameter.requires_grad).DetachFromDisposeScope();

    private static Tensor? Copy(Tensor? buffer) => buffer?.alias().DetachFromDisposeScope();
}
