namespace AdversarialKit;

/// <summary>
/// The loss of BEGAN, made by <see cref="AdversarialLoss.BoundaryEquilibrium"/>: how much the fakes count for the discriminator
/// follows the balance of both networks.
/// </summary>
/// <remarks>
/// <para>Carries <see cref="K"/> from one iteration to the next: it is an <see cref="IStateful"/>, saved in checkpoints with the GAN
/// that it was given to, and each GAN needs one of its own.</para>
/// <para>An iteration is what lies between two generator steps: however many discriminator updates and micro-batches it has,
/// <see cref="K"/> moves once, by the means over all of them.</para>
/// </remarks>
public sealed class BoundaryEquilibriumLoss : IAdversarialLoss, IStateful, ITeamMember, IDisposable
{
    private const string StartName = "k";
    private const int StateCount = 5;

    private readonly double _gamma;
    private readonly double _rate;
    private readonly EnergySum _real = new("real");
    private readonly EnergySum _fake = new("fake");
    private Tensor? _start;

    internal BoundaryEquilibriumLoss(double gamma, double rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(gamma);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(gamma, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rate);
        if (!double.IsFinite(gamma) || !double.IsFinite(rate))
        {
            throw new ArgumentOutOfRangeException(
                nameof(rate), $"The balance of the boundary equilibrium loss has gamma = {Text.Number(gamma)} and a rate of {Text.Number(rate)}, but both must be finite numbers above 0. Pass 0.5 and 0.001 for the usual ones.");
        }

        (_gamma, _rate) = (gamma, rate);
    }

    /// <summary>The weight of the fakes in the next discriminator step, 0 to 1; starts at 0. Reading it waits for the device.</summary>
    public double K => Read(Next);

    /// <summary>
    /// The paper's measure of convergence, <c>mean(r) + |gamma mean(r) - mean(f)|</c> of the last iteration: falls as training goes
    /// well. Not a number before the first iteration is complete. Reading it waits for the device.
    /// </summary>
    public double Convergence => _real.IsEmpty || _fake.IsEmpty ? double.NaN : Read(() => _real.Mean() + Balance().abs());

    /// <summary>Not a number: an equilibrium has no output above which a sample is real, so the accuracies are not numbers either.</summary>
    public double DecisionThreshold => double.NaN;

    /// <summary>The mean energy of the real samples.</summary>
    /// <inheritdoc/>
    public Tensor DiscriminatorReal(Tensor real)
    {
        ArgumentNullException.ThrowIfNull(real);
        if (!_fake.IsEmpty)
        {
            BeginIteration();
        }

        _real.Add(real);
        return real.mean();
    }

    /// <summary>The mean energy of the fakes, times <c>-k</c>.</summary>
    /// <inheritdoc/>
    public Tensor DiscriminatorFake(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        using var scope = NewDisposeScope();
        return (fake.mean() * -Start(fake)).MoveToOuterDisposeScope();
    }

    /// <summary>The mean energy of the fakes.</summary>
    /// <inheritdoc/>
    public Tensor Generator(Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(fake);
        _fake.Add(fake);
        return fake.mean();
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> GetState()
    {
        var state = new Dictionary<string, Tensor>
        {
            [StartName] = _start is null ? zeros([]) : _start.cpu().clone(),
        };
        _real.Save(state);
        _fake.Save(state);
        return state;
    }

    /// <inheritdoc/>
    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Count != StateCount || !HoldsK(state) || !_real.Fits(state) || !_fake.Fits(state))
        {
            throw new ArgumentException(
                "The state of a boundary equilibrium loss holds floating-point numbers k (0 to 1), real and fake, and Int64 numbers real_count and "
                + $"fake_count (at least 0); given was {string.Join(", ", state.Select(s => $"{s.Key} ({s.Value.dtype} {Text.Shape(s.Value)})"))}. "
                + "Pass what 'GetState' returned.",
                nameof(state));
        }

        _start?.Dispose();
        _start = state[StartName].clone().DetachFromDisposeScope();
        _real.Load(state);
        _fake.Load(state);
    }

    void ITeamMember.Join(Team team)
    {
        _real.Join(team);
        _fake.Join(team);
    }

    /// <summary>Frees what it carries; it starts anew if it is used again.</summary>
    public void Dispose()
    {
        _start?.Dispose();
        _start = null;
        _real.Clear();
        _fake.Clear();
    }

    /// <summary>Its name and numbers, without where k stands.</summary>
    /// <returns>One line for logs.</returns>
    public override string ToString() => $"boundary equilibrium (gamma {Text.Number(_gamma)}, rate {Text.Number(_rate)})";

    private static double Read(Func<Tensor> number)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return number().ToDouble();
    }

    private static bool HoldsK(IReadOnlyDictionary<string, Tensor> state) =>
        state.TryGetValue(StartName, out var k) && k.dim() == 0 && k.is_floating_point() && k.ToDouble() is >= 0 and <= 1;

    private void BeginIteration()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var next = Next();
        _start?.Dispose();
        _start = next.clone().DetachFromDisposeScope();
        _real.Clear();
        _fake.Clear();
    }

    // k + rate (gamma L(x) - L(G(z))), within 0 and 1
    private Tensor Next()
    {
        if (_real.IsEmpty || _fake.IsEmpty)
        {
            return _start ?? zeros([]);
        }

        var balance = Balance();
        return (Start(balance) + _rate * balance).clamp(Constant.Zero, Constant.One);
    }

    // k as it was when the iteration began, for computing with tensors like that one.
    private Tensor Start(Tensor like) => _start is null ? zeros([], like.dtype, like.device) : _start.to(like.dtype).to(like.device);

    private Tensor Balance() => _gamma * _real.Mean() - _fake.Mean();
}
