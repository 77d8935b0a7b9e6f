namespace AdversarialKit;

/// <summary>
/// Tells numbers that became infinite or "not a number" in training from those that were so when the GAN was built, such as the
/// minus infinity of an attention mask.
/// </summary>
internal sealed class FiniteState : IDisposable
{
    private readonly Dictionary<(string Owner, string Name), (Tensor Infinite, Tensor NotANumber)> _before = [];

    /// <summary>Takes note of how weights and buffers are.</summary>
    public FiniteState(params ReadOnlySpan<Network> networks)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var network in networks)
        {
            foreach (var (name, tensor) in FloatsOf(network).Where(entry => !IsFinite(entry.Tensor)))
            {
                _before[(network.Role, name)] = (tensor.isinf().DetachFromDisposeScope(), tensor.isnan().DetachFromDisposeScope());
            }
        }
    }

    /// <summary>The first weight or buffer in which a number became other than finite, in words; null where there is none.</summary>
    public string? FindLost(params ReadOnlySpan<Network> networks)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        foreach (var network in networks)
        {
            foreach (var (name, tensor) in FloatsOf(network))
            {
                if (!IsFinite(tensor) && !WasSo(network.Role, name, tensor))
                {
                    return $"'{name}' of the {network.Role} holds numbers that are not finite";
                }
            }
        }

        return null;
    }

    public void Dispose()
    {
        foreach (var (infinite, notANumber) in _before.Values)
        {
            infinite.Dispose();
            notANumber.Dispose();
        }
    }

    private static IEnumerable<(string Name, Tensor Tensor)> FloatsOf(Network network)
    {
        network.ThrowIfGone();
        return network.Module.state_dict().Where(entry => entry.Value.is_floating_point()).Select(entry => (entry.Key, entry.Value));
    }

    private static bool IsFinite(Tensor tensor) => tensor.isfinite().all().item<bool>();

    // Infinity may stay or become finite; what was infinite and is "not a number" now was computed with.
    private bool WasSo(string owner, string name, Tensor tensor) =>
        _before.TryGetValue((owner, name), out var before)
        && !((tensor.isinf() & ~(before.Infinite | before.NotANumber)) | (tensor.isnan() & ~before.NotANumber)).any().item<bool>();
}
