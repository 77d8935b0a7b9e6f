namespace MnistGan;

/// <summary>What the user asked for. The defaults are those of the Keras script that this sample follows.</summary>
internal sealed record Options
{
    public DatasetChoice Dataset { get; init; } = DatasetChoice.Auto;

    /// <summary>Folder with MNIST's files, or null to look for them.</summary>
    public string? DataFolder { get; init; }

    public int Iterations { get; init; } = 30_000;

    /// <summary>Images in a batch, at least 2: batch normalisation has no variance over one.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>Iterations from one sheet of samples to the next.</summary>
    public int SampleInterval { get; init; } = 200;

    public long Seed { get; init; } = 42;

    public string OutputFolder { get; init; } = Path.Combine("runs", "mnist-gan");

    /// <summary>How many generated images to write as an MNIST file at the end, or null for none.</summary>
    public int? Export { get; init; }

    /// <summary>Threads of one torch operation, or null for torch's own choice.</summary>
    public int? Threads { get; init; }

    /// <summary>Whether allocator, product library and, unless <see cref="Threads"/> gives it, number of threads are tuned.</summary>
    public bool Tuning { get; init; } = true;

    /// <summary>As torch names it: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>, <c>mps</c>.</summary>
    public string Device { get; init; } = "cpu";
}
