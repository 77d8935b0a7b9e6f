using AdversarialKit;

namespace MnistGan;

/// <summary>What the user asked for; <see cref="CommandLine"/> says what each means. The defaults are those of the Keras script that this sample follows.</summary>
internal sealed record Options
{
    public DatasetChoice Dataset { get; init; } = DatasetChoice.Auto;
    public string? DataFolder { get; init; }
    public PresetChoice Preset { get; init; } = PresetChoice.Reference;
    public bool Conditional { get; init; }
    public bool BFloat16 { get; init; }
    public bool Distributed { get; init; }

    /// <summary>The processes of this start; null where there is this one alone.</summary>
    public ICollective? Ranks { get; init; }
    public int Iterations { get; init; } = 30_000;
    public int BatchSize { get; init; } = 32;
    public int SampleInterval { get; init; } = 200;
    public int CheckpointInterval { get; init; } = 1000;
    public int EvaluateEvery { get; init; }
    public int EvaluationSamples { get; init; } = 10_000;
    public PictureJudgeOptions Judge { get; init; } = new() { LeastAccuracy = 0.99 };
    public string? Resume { get; init; }
    public long Seed { get; init; } = 42;
    public string OutputFolder { get; init; } = Path.Combine("runs", "mnist-gan");
    public bool Report { get; init; }
    public bool Log { get; init; }
    public int? Export { get; init; } = 10_000;
    public bool Onnx { get; init; }
    public int? Threads { get; init; }
    public bool Tuning { get; init; } = true;
    public string File { get; init; } = "";
    public string Json { get; init; } = "";
    public string Device { get; init; } = "cpu";
}
