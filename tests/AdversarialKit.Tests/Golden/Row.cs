using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>Short hand for a one-dimensional float64 tensor.</summary>
internal static class Row
{
    public static Tensor Of(params double[] numbers) => tensor(numbers);
}
