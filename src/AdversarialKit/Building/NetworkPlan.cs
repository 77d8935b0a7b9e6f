namespace AdversarialKit;

/// <summary>A module as the caller supplied it, and how to call it.</summary>
internal sealed record NetworkPlan(string Role, nn.Module Module, NetworkForward Forward, bool IsConditional, bool HasAuxiliary = false)
{
    public static NetworkPlan Of(string role, nn.Module<Tensor, Tensor> module) =>
        new(role, module, (input, _) => new NetworkOutput(module.call(input)), false);

    public static NetworkPlan Of(string role, nn.Module<Tensor, Tensor, Tensor> module) =>
        new(role, module, (input, condition) => new NetworkOutput(module.call(input, condition!)), true);

    public static NetworkPlan Of(string role, nn.Module<Tensor, (Tensor, Tensor)> module) =>
        new(role, module, (input, _) => Pair(module.call(input)), false, true);

    public static NetworkPlan Of(string role, nn.Module<Tensor, Tensor, (Tensor, Tensor)> module) =>
        new(role, module, (input, condition) => Pair(module.call(input, condition!)), true, true);

    private static NetworkOutput Pair((Tensor Output, Tensor Auxiliary) both) => new(both.Output, both.Auxiliary);
}
