namespace AdversarialKit;

/// <summary>What <see cref="Batches.FromDataLoader"/> takes out of a loader's batches.</summary>
public sealed record DataLoaderBatchOptions
{
    /// <summary>The entry that holds the real samples.</summary>
    /// <value><c>data</c> by default.</value>
    public string Samples { get; init; } = "data";

    /// <summary>The entry that holds the condition, such as class labels <c>[N]</c> (Int64).</summary>
    /// <value>Null by default: the GAN is unconditional.</value>
    public string? Condition { get; init; }

    /// <summary>Turns samples into what the networks take. What it makes is disposed with the iteration.</summary>
    /// <value>Null by default: they are taken as they are.</value>
    public Func<Tensor, Tensor>? Transform { get; init; }
}
