using System.Globalization;

namespace AdversarialKit;

internal sealed class LeCamPenalty : IDiscriminatorPenalty, IStateful, ITeamMember, IDisposable
{
    private const string RealName = "real";
    private const string FakeName = "fake";
    private const string UpdatesName = "updates";

    private readonly double _decay;
    private readonly MovingAverage _real = new();
    private readonly MovingAverage _fake = new();
    private long _updates;

    public LeCamPenalty(double decay)
    {
        if (!(decay >= 0 && decay < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(decay),
                string.Create(CultureInfo.InvariantCulture, $"The decay of LeCam's moving averages is {decay}, but must be at least 0 and below 1. Pass 0.99 for the usual one."));
        }

        _decay = decay;
    }

    public void Join(Team team)
    {
        _real.Join(team);
        _fake.Join(team);
    }

    // mean(max(0, r - a_fake)^2) + mean(max(0, a_real - f)^2), the averages a taken as constants
    public Tensor Compute(PenaltyContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var updates = _updates + 1;
        _updates = context.Part.IsLast ? updates : _updates;

        // An average that starts at 0 is too small by this factor.
        var debias = 1 / (1 - Math.Pow(_decay, updates));
        var realAverage = _real.Update(context.RealLogits, _decay, context.Part) * debias;
        var fakeAverage = _fake.Update(context.FakeLogits, _decay, context.Part) * debias;
        var real = (context.RealLogits - fakeAverage).relu().square().mean();
        var fake = (realAverage - context.FakeLogits).relu().square().mean();
        return (real + fake).MoveToOuterDisposeScope();
    }

    public IReadOnlyDictionary<string, Tensor> GetState() => new Dictionary<string, Tensor>
    {
        [RealName] = _real.ToState(),
        [FakeName] = _fake.ToState(),
        [UpdatesName] = tensor(_updates, dtype: ScalarType.Int64),
    };

    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        string[] names = [RealName, FakeName, UpdatesName];
        if (state.Count != names.Length || !names.All(state.ContainsKey))
        {
            throw new ArgumentException(
                $"The state of a LeCam penalty consists of {string.Join(", ", names)}, but this one has {string.Join(", ", state.Keys.Order(StringComparer.Ordinal))}. Pass what GetState() of a LeCam penalty returned.",
                nameof(state));
        }

        foreach (var name in names)
        {
            RequireScalar(state, name, name == UpdatesName ? ScalarType.Int64 : ScalarType.Float64);
        }

        var updates = StateRange.Count(UpdatesName, state[UpdatesName].item<long>());
        _real.FromState(state[RealName]);
        _fake.FromState(state[FakeName]);
        _updates = updates;
    }

    public void Dispose()
    {
        _real.Dispose();
        _fake.Dispose();
        _updates = 0;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"LeCam (decay {_decay})");

    private static void RequireScalar(IReadOnlyDictionary<string, Tensor> state, string name, ScalarType type)
    {
        var value = state[name];
        if (value.dim() != 0 || value.dtype != type)
        {
            throw new ArgumentException(
                $"The state \"{name}\" of a LeCam penalty is a {type} scalar, but this one is {value.dtype} of shape {Text.Shape(value)}. Pass what GetState() of a LeCam penalty returned.",
                nameof(state));
        }
    }
}
