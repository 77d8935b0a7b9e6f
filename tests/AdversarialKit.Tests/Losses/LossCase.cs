using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>A loss of either interface, so that one test serves both.</summary>
internal sealed record LossCase(Func<Tensor, Tensor, Tensor> Discriminator, Func<Tensor, Tensor, Tensor> Generator)
{
    public static IReadOnlyDictionary<string, LossCase> All { get; } = new Dictionary<string, LossCase>
    {
        ["minimax_saturating"] = Of(AdversarialLoss.Minimax()),
        ["non_saturating"] = Of(AdversarialLoss.NonSaturating()),
        ["non_saturating_smooth09"] = Of(AdversarialLoss.NonSaturating(realTarget: 0.9)),
        ["lsgan"] = Of(AdversarialLoss.LeastSquares()),
        ["hinge"] = Of(AdversarialLoss.Hinge()),
        ["wasserstein"] = Of(AdversarialLoss.Wasserstein()),
        ["rpgan"] = Of(AdversarialLoss.RelativisticPaired()),
        ["ragan"] = Of(AdversarialLoss.RelativisticAverage()),
        ["bce_probabilities"] = Of(AdversarialLoss.BinaryCrossEntropyOnProbabilities()),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    public static LossCase Of(IAdversarialLoss loss) => new(
        (real, fake) => loss.DiscriminatorReal(real) + loss.DiscriminatorFake(fake),
        (_, fake) => loss.Generator(fake));

    public static LossCase Of(IRelativisticLoss loss) => new(loss.Discriminator, loss.Generator);
}
