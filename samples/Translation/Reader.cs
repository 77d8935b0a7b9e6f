using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Translation;

/// <summary>
/// A small network that learns to read the training digits. What it sees in a picture is a better measure of a digit than pixels are; it is none of the
/// judge's shares, which has other weights and layers.
/// </summary>
internal static class Reader
{
    private const int BatchSize = 128;
    private const int Epochs = 2;

    /// <summary>Pictures [N, 1, 28, 28] to features [N, 64, 7, 7], right before they become a class.</summary>
    public static Module<Tensor, Tensor> Learn(Digits digits, long seed)
    {
        using var scope = NewDisposeScope();
        var features = Sequential(
            Conv2d(1, 32, 3, padding: 1), LeakyReLU(0.2), MaxPool2d(2),
            Conv2d(32, 64, 3, padding: 1), LeakyReLU(0.2), MaxPool2d(2),
            Conv2d(64, 64, 3, padding: 1), LeakyReLU(0.2));
        using var classes = Sequential(Flatten(), Linear(64 * 7 * 7, 10));
        using var adam = optim.Adam([.. features.parameters(), .. classes.parameters()], 1e-3);
        using var order = new Generator((ulong)seed);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            foreach (var places in randperm(digits.Training.shape[0], generator: order).split(BatchSize))
            {
                using var step = NewDisposeScope();
                adam.zero_grad();
                functional.cross_entropy(classes.call(features.call(digits.Training[places])), digits.TrainingLabels[places]).backward();
                adam.step();
            }
        }

        features.eval();
        return features;
    }
}
