namespace AdversarialKit;

/// <summary>Parameters that are moved by one call of a kernel, with their gradients and states at equal places.</summary>
internal sealed record FusedBatch<TState>(Tensor[] Parameters, Tensor[] Gradients, TState[] States)
    where TState : FusedState
{
    public FusedBatch<TState> Pick(int[] places) => new(
        Array.ConvertAll(places, i => Parameters[i]),
        Array.ConvertAll(places, i => Gradients[i]),
        Array.ConvertAll(places, i => States[i]));
}
