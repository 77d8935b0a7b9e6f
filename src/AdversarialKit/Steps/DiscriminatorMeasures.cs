namespace AdversarialKit;

/// <summary>The numbers of a discriminator step by name.</summary>
internal static class DiscriminatorMeasures
{
    /// <summary>Of two updates, whose losses are terms of neither.</summary>
    public const string MeanLoss = "mean of both losses";

    public const string RealLoss = "loss on real samples";
    public const string FakeLoss = "loss on fakes";
    public const string Penalty = "penalty";
    public const string Auxiliary = "auxiliary loss";
    public const string RealAccuracy = "accuracy on real samples";
    public const string FakeAccuracy = "accuracy on fakes";
    public const string RealSign = "sign on real samples";

    private static readonly string[] _own = [MeanLoss, RealLoss, FakeLoss, Penalty, Auxiliary, RealAccuracy, FakeAccuracy, RealSign];

    /// <summary>Whether the step reports a number of its own under the name.</summary>
    public static bool IsTaken(string name) => _own.Contains(name) || name is CompiledStep.LossName or CompiledStep.GradientNormName;

    public static DiscriminatorResult Read(StepNumbers numbers) => new()
    {
        Loss = numbers.Has(MeanLoss) ? numbers[MeanLoss] : numbers.Loss,
        RealLoss = numbers[RealLoss],
        FakeLoss = numbers[FakeLoss],
        Penalty = numbers.Has(Penalty) ? numbers[Penalty] : 0,
        AuxiliaryLoss = numbers.Has(Auxiliary) ? numbers[Auxiliary] : 0,
        RealAccuracy = numbers[RealAccuracy],
        FakeAccuracy = numbers[FakeAccuracy],
        RealSign = numbers[RealSign],
        GradientNorm = numbers.GradientNorm,
        RealGradientNorm = numbers.FirstGradientNorm,
        Penalties = numbers.Without(_own),
    };
}
