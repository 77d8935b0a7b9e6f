namespace AdversarialKit;

/// <summary>What the calls on a <see cref="GanBuilder"/> have gathered so far.</summary>
internal sealed class GanConfiguration
{
    public NetworkPlan? Generator { get; set; }

    public NetworkPlan? Discriminator { get; set; }

    public ILatent? Latent { get; set; }

    public Objective? Objective { get; set; }

    public List<PenaltyTerm> Penalties { get; } = [];

    public List<GeneratorTermUse> GeneratorTerms { get; } = [];

    public OptimizerFactory? DiscriminatorOptimizer { get; set; }

    public OptimizerFactory? GeneratorOptimizer { get; set; }

    public int DiscriminatorSteps { get; set; } = 1;

    public DiscriminatorUpdate Update { get; set; } = DiscriminatorUpdate.Joint;

    public FakeMode Fakes { get; set; } = FakeMode.Training;

    public int MicroBatches { get; set; } = 1;

    public IAugmentation? Augmentation { get; set; }

    public double? ClassifierWeight { get; set; }

    public LatentCode? Code { get; set; }

    public double CodeWeight { get; set; }

    public GradientClipping? Clipping { get; set; }

    public bool MeasuresNorms { get; set; }

    public double? WeightLimit { get; set; }

    public EmaOptions? Average { get; set; }

    public LearningRateSchedule? DiscriminatorSchedule { get; set; }

    public LearningRateSchedule? GeneratorSchedule { get; set; }

    public ComputePrecision Precision { get; set; } = ComputePrecision.Full;

    public int? Classes { get; set; }

    /// <summary>A condition that is no class label.</summary>
    public TensorDeclaration? Condition { get; set; }

    public bool IsConditional => Classes is not null || Condition is not null;

    public bool HasNoLatent { get; set; }

    public FakeLabels? FakeLabels { get; set; }

    public List<(string Name, nn.Module Module, bool OfGenerator)> Companions { get; } = [];

    public int? HistorySize { get; set; }

    public int Packing { get; set; } = 1;

    public Device? Device { get; set; }

    /// <summary>A device by its name, looked up at Build(); null where it was given as such or not at all.</summary>
    public string? DeviceName { get; set; }

    public long? Seed { get; set; }

    public Team? Team { get; set; }
}
