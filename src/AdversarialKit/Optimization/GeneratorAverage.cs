namespace AdversarialKit;

/// <summary>
/// The moving average of a generator's weights, in tensors of its own: floating-point parameters are averaged, buffers
/// copied. TorchSharp cannot copy a module, so the averaged weights visit the live module for as long as they are needed.
/// </summary>
internal sealed class GeneratorAverage : IStateful, IDisposable
{
    /// <summary>Stands before the generator's names in the state.</summary>
    internal const string Prefix = "average.";
    private const string ImagesName = "images";

    private readonly EmaOptions _options;
    private readonly (string Name, int Index)[] _names;
    private readonly Tensor[] _live;
    private readonly Tensor[] _average;
    private readonly int _parameterCount;
    private long _images;
    private WeightSwap? _swap;

    /// <summary>Starts with the weights as they are.</summary>
    /// <param name="generator">The live module; remains the caller's and must keep its parameter objects.</param>
    /// <param name="options">The decay.</param>
    public GeneratorAverage(nn.Module generator, EmaOptions options)
    {
        _options = options;
        var parameters = generator.named_parameters().Select(p => (Tensor)p.parameter).ToArray();
        var state = generator.state_dict();
        _parameterCount = parameters.Length;
        _live = [.. parameters.Concat(generator.named_buffers().Select(b => b.buffer)).Concat(state.Values).DistinctBy(tensor => tensor.Handle)];

        // A tensor that has two names, as tied layers have, is averaged once and stands under both in files.
        _names = [.. state.Select(entry => (entry.Key, Array.FindIndex(_live, tensor => tensor.Handle == entry.Value.Handle)))];
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _average = Array.ConvertAll(_live, tensor => tensor.detach().clone().DetachFromDisposeScope());
    }

    /// <summary>Draws the average towards the live weights; called once after each step of the generator.</summary>
    /// <param name="batchSize">The samples of that step.</param>
    /// <exception cref="InvalidOperationException">The averaged weights are in the module.</exception>
    public void Update(long batchSize)
    {
        if (_swap is not null)
        {
            throw new InvalidOperationException(
                "The generator holds its averaged weights, so there is nothing to average; dispose what Swap returned before the next step.");
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var weight = 1 - _options.DecayAt(_images, batchSize);
        _images += batchSize;
        Lerp(weight);
        for (var i = _parameterCount; i < _live.Length; i++)
        {
            _average[i].copy_(_live[i]);
        }
    }

    /// <summary>Begins anew from the live weights.</summary>
    public void Restart()
    {
        using var noGrad = no_grad();
        for (var i = 0; i < _live.Length; i++)
        {
            _average[i].copy_(_live[i]);
        }

        _images = 0;
    }

    /// <summary>Puts the averaged weights into the live module until the result is disposed, which puts the live ones back, bit for bit.</summary>
    /// <exception cref="InvalidOperationException">They are in already.</exception>
    public IDisposable Swap()
    {
        if (_swap is not null)
        {
            throw new InvalidOperationException(
                "The generator already holds its averaged weights; dispose what the first call of Swap returned before the next.");
        }

        return _swap = new WeightSwap(_live, _average, () => _swap = null);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> GetState()
    {
        var state = new Dictionary<string, Tensor> { [ImagesName] = tensor(_images) };
        foreach (var (name, index) in _names)
        {
            state[Prefix + name] = NamedTensors.Copy(_average[index]);
        }

        return state;
    }

    /// <inheritdoc/>
    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var images = StateRange.Count(ImagesName, NamedTensors.Require(state, ImagesName, [], ScalarType.Int64).item<long>());
        var sources = _names.Select(entry => NamedTensors.Require(state, Prefix + entry.Name, _average[entry.Index].shape, _average[entry.Index].dtype)).ToArray();
        NamedTensors.RefuseOthers(state, _names.Select(entry => Prefix + entry.Name).Append(ImagesName).ToHashSet());

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        _images = images;
        for (var i = 0; i < sources.Length; i++)
        {
            _average[_names[i].Index].copy_(sources[i]);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _options.ToString();

    /// <summary>Puts the live weights back where the averaged ones are in, and frees the average.</summary>
    public void Dispose()
    {
        _swap?.Dispose();
        Array.ForEach(_average, tensor => tensor.Dispose());
    }

    private void Lerp(double weight)
    {
        if (_parameterCount > 0 && FusedKernels.AreAvailable)
        {
            FusedKernels.Invoke("lerp", [_average[.._parameterCount], _live[.._parameterCount]], weight);
            return;
        }

        using var share = weight.ToScalar();
        for (var i = 0; i < _parameterCount; i++)
        {
            using var step = _live[i] - _average[i];
            _average[i].add_(step, alpha: share);
        }
    }
}
