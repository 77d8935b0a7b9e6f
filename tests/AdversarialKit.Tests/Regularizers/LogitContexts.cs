using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>Contexts for penalties that look at logits alone.</summary>
internal static class LogitContexts
{
    public static PenaltyContext Of(Tensor realLogits, Tensor fakeLogits) =>
        new(points => points, new Generator(1))
        {
            Real = realLogits,
            Fake = fakeLogits,
            RealLogits = realLogits,
            FakeLogits = fakeLogits,
        };
}
