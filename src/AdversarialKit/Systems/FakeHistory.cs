using System.Globalization;

namespace AdversarialKit;

/// <summary>
/// A pool of past fakes: the discriminator judges some of them in place of new ones, so that it does not forget what the generator made
/// before (Shrivastava et al. 2017, "Learning from Simulated and Unsupervised Images through Adversarial Training", section 2.3). Part of
/// checkpoints through <see cref="AdversarialSystemBuilder.WithPiece"/>.
/// </summary>
public sealed class FakeHistory : IStateful, IDisposable
{
    /// <summary>A decision of <see cref="Exchange(Tensor, ReadOnlySpan{int})"/>: the pool takes the sample in, behind the others, and the sample is returned.</summary>
    public const int Append = -2;

    /// <summary>A decision: the sample is returned, and the pool stays as it is.</summary>
    public const int Keep = -1;

    private const string Slot = "slot-";
    private const string CountName = "count";

    private readonly List<Tensor> _slots = [];

    // Of the samples last exchanged, those of the trial at Build() included: a state of other samples would break the next step.
    private (ScalarType Type, long[] Shape)? _seen;

    /// <summary>An empty pool.</summary>
    /// <param name="size">How many samples it holds, at least 1; CycleGAN's is 50.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
    public FakeHistory(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Size = size;
    }

    /// <summary>How many samples it holds at most.</summary>
    public int Size { get; }

    /// <summary>How many it holds.</summary>
    public int Count => _slots.Count;

    /// <summary>
    /// Takes samples in and gives as many back: while the pool fills, the samples themselves; then each is, with probability one half,
    /// exchanged for one from the pool.
    /// </summary>
    /// <param name="samples">Samples <c>[N, ...]</c>; their graph is cut. Remain the caller's.</param>
    /// <param name="random">What decides, such as <see cref="StepContext.Random"/>.</param>
    /// <returns>Samples <c>[N, ...]</c> without a graph, that the caller disposes.</returns>
    /// <exception cref="ArgumentException">The samples are of another shape or type than those of the pool.</exception>
    public Tensor Exchange(Tensor samples, Generator random)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(random);
        Check(samples);
        using var drawn = rand([samples.shape[0], 2], dtype: ScalarType.Float64, generator: random);
        var numbers = drawn.data<double>().ToArray();
        var decisions = new int[samples.shape[0]];
        var filled = _slots.Count;
        for (var i = 0; i < decisions.Length; i++)
        {
            decisions[i] = filled < Size ? Append : numbers[2 * i] < 0.5 ? Keep : (int)(numbers[(2 * i) + 1] * Size);
            filled = Math.Min(filled + 1, Size);
        }

        return Exchange(samples, decisions);
    }

    /// <summary>The same with decisions of the caller's.</summary>
    /// <param name="samples">Samples <c>[N, ...]</c>; their graph is cut. Remain the caller's.</param>
    /// <param name="decisions">
    /// One for each sample, carried out in order: <see cref="Append"/>, <see cref="Keep"/>, or a slot, whose sample is returned and replaced.
    /// </param>
    /// <returns>Samples <c>[N, ...]</c> without a graph, that the caller disposes.</returns>
    /// <exception cref="ArgumentException">The samples are of another shape or type than those of the pool, or a decision cannot be carried out; nothing was changed.</exception>
    public Tensor Exchange(Tensor samples, ReadOnlySpan<int> decisions)
    {
        ArgumentNullException.ThrowIfNull(samples);
        Check(samples);
        Check(samples, decisions);
        _seen = (samples.dtype, samples.shape[1..]);
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        var given = new Tensor[decisions.Length];
        var left = new List<Tensor>();
        for (var i = 0; i < given.Length; i++)
        {
            var sample = samples.select(0, i).detach();
            given[i] = decisions[i] >= 0 ? _slots[decisions[i]].to(samples.device) : sample;
            if (decisions[i] == Append)
            {
                _slots.Add(sample.clone().DetachFromDisposeScope());
            }
            else if (decisions[i] >= 0)
            {
                left.Add(_slots[decisions[i]]);
                _slots[decisions[i]] = sample.clone().DetachFromDisposeScope();
            }
        }

        var result = stack(given).MoveToOuterDisposeScope();
        left.ForEach(sample => sample.Dispose());
        return result;
    }

    /// <summary>A sample of the pool.</summary>
    /// <param name="slot">From 0 to <see cref="Count"/> - 1.</param>
    /// <returns>A copy that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="slot"/> is out of range.</exception>
    public Tensor Copy(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, _slots.Count);
        return _slots[slot].clone();
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> GetState()
    {
        var state = new Dictionary<string, Tensor> { [CountName] = tensor((long)_slots.Count) };
        for (var i = 0; i < _slots.Count; i++)
        {
            state[Name(i)] = NamedTensors.Copy(_slots[i]);
        }

        return state;
    }

    /// <inheritdoc/>
    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var count = NamedTensors.Require(state, CountName, [], ScalarType.Int64).item<long>();
        if (count < 0 || count > Size)
        {
            throw new ArgumentException($"The state holds {count} samples, but this history holds {Size} at most.", nameof(state));
        }

        var names = Enumerable.Range(0, (int)count).Select(Name).ToList();
        NamedTensors.RefuseOthers(state, names.Append(CountName).ToHashSet());
        var first = names.Count == 0 ? null : state.GetValueOrDefault(names[0]);
        var (type, shape) = _seen ?? (first?.dtype ?? ScalarType.Float32, first?.shape ?? []);
        var slots = names.ConvertAll(name => NamedTensors.Require(state, name, shape, type));
        Forget();
        _slots.AddRange(slots.Select(slot => slot.clone().DetachFromDisposeScope()));
    }

    /// <summary>The history in a few words.</summary>
    /// <returns>Such as <c>history of 50 samples</c>.</returns>
    public override string ToString() => $"history of {Size.ToString(CultureInfo.InvariantCulture)} samples";

    /// <summary>Frees the pool.</summary>
    public void Dispose() => Forget();

    private static string Name(int slot) => Slot + slot.ToString(CultureInfo.InvariantCulture);

    private void Forget()
    {
        _slots.ForEach(slot => slot.Dispose());
        _slots.Clear();
    }

    private void Check(Tensor samples)
    {
        if (samples.dim() < 1 || (_slots.Count > 0 && (!BatchShape.Fits(samples, _slots[0].shape) || samples.dtype != _slots[0].dtype)))
        {
            var held = _slots.Count > 0 ? $"{_slots[0].dtype} [N, {string.Join(", ", _slots[0].shape)}]" : "[N, ...]";
            throw new ArgumentException($"The samples are {samples.dtype} {Text.Shape(samples)}, but this history takes {held}.", nameof(samples));
        }
    }

    private void Check(Tensor samples, ReadOnlySpan<int> decisions)
    {
        if (decisions.Length != samples.shape[0])
        {
            throw new ArgumentException($"There are {samples.shape[0]} samples and {decisions.Length} decisions; each sample needs one.", nameof(decisions));
        }

        var filled = _slots.Count;
        foreach (var decision in decisions)
        {
            if (decision < Append || decision >= filled || (decision == Append && filled == Size))
            {
                throw new ArgumentException(
                    $"The decision {decision} cannot be carried out on a history of {filled} of {Size} samples. Allowed are {Append} while it fills, {Keep}, and the slots 0 to {filled - 1}.",
                    nameof(decisions));
            }

            filled += decision == Append ? 1 : 0;
        }
    }
}
