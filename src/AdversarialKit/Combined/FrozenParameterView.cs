using System.Collections;

namespace AdversarialKit;

/// <summary>
/// The discriminator as the combined model sees it: the live weights (same storage, so every discriminator update shows
/// at once) with nothing through which they could be moved.
/// </summary>
/// <remarks>
/// This is the answer to "the discriminator is set untrainable, so why does it still train?": being trainable is not a
/// property of weights but of a compiled step. The discriminator step may move these weights; the combined model,
/// looking at the very same memory, may not.
/// </remarks>
public sealed class FrozenParameterView : IReadOnlyList<FrozenParameter>
{
    private readonly Network _network;
    private readonly FairLock _lock;
    private readonly FrozenParameter[] _parameters;

    internal FrozenParameterView(Network network, FairLock? @lock = null)
    {
        _network = network;
        _lock = @lock ?? new FairLock();
        _parameters = [.. network.Parameters.Select(p =>
            new FrozenParameter(p.Name, Array.AsReadOnly(p.Parameter.shape), p.Parameter.dtype))];
    }

    /// <summary>The number of parameters (tensors, not numbers).</summary>
    public int Count => _parameters.Length;

    /// <summary>A parameter by position, in the module's order.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is out of range.</exception>
    public FrozenParameter this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _parameters.Length);
            return _parameters[index];
        }
    }

    /// <summary>Whether a tensor's memory is that of a parameter of this view.</summary>
    /// <param name="tensor">Any tensor; remains the caller's.</param>
    /// <returns>True if <paramref name="tensor"/> starts at the same address as one of the parameters.</returns>
    public bool SharesStorageWith(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return Array.Exists(_network.Parameters, p => TensorBytes.Address(p.Parameter) == TensorBytes.Address(tensor));
    }

    /// <summary>A copy of a parameter's present values.</summary>
    /// <param name="name">A name from this view.</param>
    /// <returns>A new tensor without graph that the caller disposes.</returns>
    /// <exception cref="ArgumentException">No parameter has this name.</exception>
    public Tensor Copy(string name)
    {
        var parameter = Array.Find(_network.Parameters, p => p.Name == name).Parameter
            ?? throw new ArgumentException(
                $"The discriminator has no parameter '{name}'; it has {string.Join(", ", _parameters.Select(p => p.Name))}.",
                nameof(name));
        using var held = _lock.Enter();
        using var noGrad = no_grad();
        return parameter.detach().clone();
    }

    /// <summary>
    /// A digest (SHA-256) of the names, shapes, types and bytes of all parameters and buffers: equal before and after if
    /// and only if not one byte of the discriminator was moved.
    /// </summary>
    /// <returns>64 hexadecimal digits.</returns>
    public string Fingerprint()
    {
        using var held = _lock.Enter();
        return TensorBytes.Digest(_network.Parameters.Select(p => (p.Name, (Tensor)p.Parameter)).Concat(_network.Buffers));
    }

    /// <summary>The parameters in the module's order.</summary>
    /// <returns>An enumerator.</returns>
    public IEnumerator<FrozenParameter> GetEnumerator() => ((IEnumerable<FrozenParameter>)_parameters).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
