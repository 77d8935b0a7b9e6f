using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>What a builder was told.</summary>
internal sealed record SynthesizerSettings
{
    public IReadOnlyDictionary<string, ColumnWish> Columns { get; init; } = new Dictionary<string, ColumnWish>();

    public IReadOnlyList<TableRule> Rules { get; init; } = [];

    public int RejectionLimit { get; init; } = 100;

    public int Modes { get; init; } = 10;

    public int FewValues { get; init; } = 20;

    public int CategoryLimit { get; init; } = 128;

    public int? Epochs { get; init; }

    public TimeSpan? TimeLimit { get; init; }

    public int BatchSize { get; init; } = 200;

    public int Packing { get; init; } = 1;

    public bool Conditional { get; init; } = true;

    public int Latent { get; init; } = 128;

    public IReadOnlyList<int> GeneratorWidths { get; init; } = [256, 256];

    public IReadOnlyList<int> DiscriminatorWidths { get; init; } = [256, 256];

    public double Dropout { get; init; }

    public double Temperature { get; init; } = 0.2;

    public IAdversarialLoss Loss { get; init; } = AdversarialLoss.NonSaturating();

    public IDiscriminatorPenalty? Penalty { get; init; } = AdversarialKit.Penalty.R1();

    public double PenaltyWeight { get; init; } = 0.05;

    public OptimizerFactory DiscriminatorOptimizer { get; init; } = Optimizers.Adam(1e-3, beta1: 0.5, beta2: 0.9);

    public OptimizerFactory GeneratorOptimizer { get; init; } = Optimizers.Adam(1e-3, beta1: 0.5, beta2: 0.9);

    public int DiscriminatorSteps { get; init; } = 1;

    public EmaOptions? Average { get; init; } = Ema.HalfLife(50_000);

    public int FigureRows { get; init; } = 5000;

    public int FigureInterval { get; init; } = 250;

    public int Patience { get; init; }

    public bool Calibrated { get; init; } = true;

    public long Seed { get; init; } = 1;

    public ILoggerFactory? Logger { get; init; }
}
