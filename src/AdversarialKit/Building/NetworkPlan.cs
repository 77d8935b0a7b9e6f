namespace AdversarialKit;

/// <summary>A module as the caller supplied it, and how to call it.</summary>
internal sealed record NetworkPlan(string Role, nn.Module Module, NetworkForward Forward, bool IsConditional)
{
    public static NetworkPlan Of(string role, nn.Module<Tensor, Tensor> module) =>
        new(role, module, (input, _) => new NetworkOutput(module.call(input)), false);

    public static NetworkPlan Of(string role, nn.Module<Tensor, Tensor, Tensor> module) =>
        new(role, module, (input, condition) => new NetworkOutput(module.call(input, condition!)), true);
}
