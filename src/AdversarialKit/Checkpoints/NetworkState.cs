namespace AdversarialKit;

/// <summary>A module's weights and buffers under the names that PyTorch's <c>state_dict()</c> gives them.</summary>
internal static class NetworkState
{
    public static IReadOnlyDictionary<string, Tensor> Of(Network network)
    {
        network.ThrowIfGone();
        return Of(network.Role, network.Module);
    }

    /// <exception cref="InvalidOperationException">Two layers have one name, so that one would stand for both.</exception>
    public static IReadOnlyDictionary<string, Tensor> Of(string role, nn.Module module)
    {
        var state = module.state_dict();
        var named = state.Values.Select(tensor => tensor.Handle).ToHashSet();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (!named.Contains(parameter.Handle))
            {
                throw new InvalidOperationException(
                    $"Two layers of the {role} have the same name, and so '{name}' stands for the parameters of both: a checkpoint " +
                    "could hold those of one only. Give each layer a name of its own.");
            }
        }

        return state;
    }
}
