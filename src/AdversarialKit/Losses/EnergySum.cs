namespace AdversarialKit;

/// <summary>The sum of a discriminator's outputs over an iteration, on their device: reading it on the host would stall a GPU.</summary>
/// <param name="name">Under which it lies in a state.</param>
internal sealed class EnergySum(string name) : ITeamMember
{
    private Team? _team;
    private Tensor? _sum;
    private long _count;

    public bool IsEmpty => _count == 0;

    private string CountName => name + "_count";

    public void Join(Team team) => _team = team;

    public void Add(Tensor outputs)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();

        // Half precision would count no further than 2,048 of equal size.
        var type = outputs.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var added = TeamMean.Of(outputs.detach().to(type).sum(), _team);
        var next = _sum is null ? added : _sum.to(type).to(outputs.device) + added;
        _sum?.Dispose();
        _sum = next.DetachFromDisposeScope();
        _count += outputs.numel();
    }

    public Tensor Mean() => _sum! / _count;

    public void Save(Dictionary<string, Tensor> state)
    {
        state[name] = _sum is null ? zeros([]) : _sum.cpu().clone();
        state[CountName] = tensor(_count, ScalarType.Int64);
    }

    /// <summary>Whether a state holds what <see cref="Save"/> writes.</summary>
    public bool Fits(IReadOnlyDictionary<string, Tensor> state) =>
        state.TryGetValue(name, out var sum) && sum.dim() == 0 && sum.is_floating_point()
        && state.TryGetValue(CountName, out var count) && count.dim() == 0 && count.dtype == ScalarType.Int64 && count.item<long>() >= 0;

    public void Load(IReadOnlyDictionary<string, Tensor> state)
    {
        Clear();
        _count = state[CountName].item<long>();
        _sum = _count == 0 ? null : state[name].clone().DetachFromDisposeScope();
    }

    public void Clear()
    {
        _sum?.Dispose();
        (_sum, _count) = (null, 0);
    }
}
