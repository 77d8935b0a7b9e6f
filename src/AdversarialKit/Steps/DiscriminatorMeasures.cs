namespace AdversarialKit;

/// <summary>What a discriminator step measures, as scalars on the device, and the order in which they leave it.</summary>
internal readonly record struct DiscriminatorMeasures(Tensor Loss, Tensor? RealLoss, Tensor? FakeLoss, Tensor? Penalty, Tensor? Auxiliary)
{
    /// <summary>The number of scalars in what a step returns, the gradient norm at the end included.</summary>
    public const int Count = 9;

    private Tensor? RealAccuracy { get; init; }

    private Tensor? FakeAccuracy { get; init; }

    private Tensor? RealSign { get; init; }

    public static DiscriminatorResult Read(ReadOnlySpan<double> measured) => new()
    {
        Loss = measured[0],
        RealLoss = measured[1],
        FakeLoss = measured[2],
        Penalty = measured[3],
        AuxiliaryLoss = measured[4],
        RealAccuracy = measured[5],
        FakeAccuracy = measured[6],
        RealSign = measured[7],
        GradientNorm = measured[8],
    };

    public DiscriminatorMeasures With(Objective objective, Tensor real, Tensor fake)
    {
        using var noGraph = no_grad();
        var (realAccuracy, fakeAccuracy) = objective.Accuracies(real, fake);
        return this with { RealAccuracy = realAccuracy, FakeAccuracy = fakeAccuracy, RealSign = objective.RealSign(real) };
    }

    public Tensor Stack(double share)
    {
        var stacked = Scalars.Stack(
            Loss, RealLoss, FakeLoss, Penalty ?? Scalars.Zero, Auxiliary ?? Scalars.Zero, RealAccuracy, FakeAccuracy, RealSign);
        return share == 1 ? stacked : stacked * share;
    }
}
