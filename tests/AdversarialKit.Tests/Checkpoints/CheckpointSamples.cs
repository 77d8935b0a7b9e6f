using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>Small checkpoints whose tensors tell their iteration.</summary>
internal static class CheckpointSamples
{
    public static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    public static CheckpointContent Content(long iteration, double? metric = null, string note = "") => new()
    {
        Iteration = iteration,
        Description = "A GAN of two layers.",
        Metric = metric,
        Groups = new Dictionary<string, IReadOnlyDictionary<string, Tensor>>
        {
            ["generator"] = new Dictionary<string, Tensor> { ["0.weight"] = full([2, 3], (float)iteration), ["0.bias"] = zeros(2) },
            ["state"] = new Dictionary<string, Tensor> { ["penalty.count"] = tensor(iteration) },
        },
        Values = new Dictionary<string, string> { ["seed"] = "42", ["note"] = note },
    };

    /// <summary>Writes a checkpoint and leaves no tensor behind.</summary>
    public static string Write(
        string root, long iteration, double? metric = null, CheckpointRetention? retention = null, Func<string, Stream>? create = null)
    {
        using var scope = NewDisposeScope();
        return new CheckpointRoot(root, retention ?? new CheckpointRetention(), new FixedClock(), create).Write(Content(iteration, metric));
    }

    public static float FirstWeight(this Checkpoint checkpoint)
    {
        using var scope = NewDisposeScope();
        return checkpoint.Load("generator")["0.weight"][0, 0].item<float>();
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
