using AdversarialKit;

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

    /// <summary>Iterations from one checkpoint to the next; 0 for none.</summary>
    public int CheckpointInterval { get; init; } = 1000;

    /// <summary>Iterations from one evaluation by the judge to the next; 0 for none.</summary>
    public int EvaluateEvery { get; init; }

    /// <summary>How many images an evaluation judges.</summary>
    public int EvaluationSamples { get; init; } = 10_000;

    /// <summary>How the judge is trained where there is none yet.</summary>
    public JudgeSettings Judge { get; init; } = new();

    /// <summary>The checkpoint to go on from, or a folder of them; null to start anew.</summary>
    public string? Resume { get; init; }

    public long Seed { get; init; } = 42;

    public string OutputFolder { get; init; } = Path.Combine("runs", "mnist-gan");

    /// <summary>How many generated images to write as an MNIST file at the end: as many as <c>evaluate</c> judges; null for none.</summary>
    public int? Export { get; init; } = 10_000;

    /// <summary>Whether to write the generator for other programs at the end, <c>generator.onnx</c>.</summary>
    public bool Onnx { get; init; }

    /// <summary>Threads of one torch operation, or null for torch's own choice.</summary>
    public int? Threads { get; init; }

    public PresetChoice Preset { get; init; } = PresetChoice.Reference;

    /// <summary>Whether the digit to make can be asked for; needs <see cref="PresetChoice.Modern"/>.</summary>
    public bool Conditional { get; init; }

    /// <summary>Whether networks compute in bfloat16; needs <see cref="PresetChoice.Modern"/>.</summary>
    public bool BFloat16 { get; init; }

    /// <summary>Whether this process is one of those that a launcher of MPI started.</summary>
    public bool Distributed { get; init; }

    /// <summary>The processes of this start; null where there is this one alone.</summary>
    public ICollective? Ranks { get; init; }

    /// <summary>Whether to write a report with curves and samples, <c>report.html</c>.</summary>
    public bool Report { get; init; }

    /// <summary>Whether to write every iteration's numbers, <c>log.jsonl</c>.</summary>
    public bool Log { get; init; }

    /// <summary>Whether allocator and product library are tuned.</summary>
    public bool Tuning { get; init; } = true;

    /// <summary>As torch names it: <c>cpu</c>, <c>cuda</c>, <c>cuda:1</c>, <c>mps</c>.</summary>
    public string Device { get; init; } = "cpu";
}
