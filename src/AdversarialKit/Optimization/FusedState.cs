using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>The state of one parameter: tensors of its shape, copied into rather than replaced, so that kernels may hold them.</summary>
internal abstract class FusedState(Parameter parameter) : OptimizerState(parameter), IDisposable
{
    /// <summary>How many steps the parameter has taken, where the method counts them.</summary>
    public virtual long Steps
    {
        get => 0;
        set { }
    }

    /// <summary>The tensors in the order in which they are saved.</summary>
    protected abstract IReadOnlyList<Tensor> Tensors { get; }

    public override void Initialize(OptimizerOptions options)
    {
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(Steps);
        foreach (var tensor in Tensors)
        {
            tensor.Save(writer);
        }
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        Steps = reader.ReadInt64();
        foreach (var tensor in Tensors)
        {
            tensor.Load(reader);
        }
    }

    public override void LoadStateDict(OptimizerState source)
    {
        if (source is not FusedState other || other.GetType() != GetType())
        {
            throw new ArgumentException($"The state is a {source.GetType()}; this optimizer takes a {GetType()}.", nameof(source));
        }

        Steps = other.Steps;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        foreach (var (mine, theirs) in Tensors.Zip(other.Tensors))
        {
            mine.copy_(theirs);
        }
    }

    public override bool ApproximatelyEquals(OptimizerState other) =>
        other is FusedState state && state.GetType() == GetType() && state.Steps == Steps &&
        Tensors.Zip(state.Tensors).All(pair => pair.First.allclose(pair.Second));

    public void Dispose()
    {
        foreach (var tensor in Tensors)
        {
            tensor.Dispose();
        }
    }

    /// <summary>Zeros beside the parameter that no dispose scope takes away.</summary>
    protected static Tensor Zeros(Parameter parameter)
    {
        using var noGrad = no_grad();
        return zeros_like(parameter).DetachFromDisposeScope();
    }

    protected static Tensor Move(Tensor tensor, Device device)
    {
        var moved = tensor.to(device).DetachFromDisposeScope();
        if (!ReferenceEquals(moved, tensor))
        {
            tensor.Dispose();
        }

        return moved;
    }
}
