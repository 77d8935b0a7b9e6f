namespace AdversarialKit;

/// <summary>A part of a GAN that carries state from one iteration to the next, and so belongs into a checkpoint.</summary>
public interface IStateful
{
    /// <summary>The state as named tensors, copies that the caller disposes.</summary>
    /// <returns>Names without <c>/</c>, each with a tensor on the CPU.</returns>
    IReadOnlyDictionary<string, Tensor> GetState();

    /// <summary>Takes on a state that <see cref="GetState"/> returned.</summary>
    /// <param name="state">The named tensors. Remain the caller's.</param>
    /// <exception cref="ArgumentException">A name is missing or superfluous, or a shape or type differs; nothing was changed.</exception>
    void SetState(IReadOnlyDictionary<string, Tensor> state);
}
