using TorchSharp;

namespace MnistGan;

/// <summary>The images to learn from; owns its tensors.</summary>
/// <param name="Images">Grey images, 0 (black) to 255 (white), <c>uint8</c> of shape [N, 28, 28].</param>
/// <param name="Labels">The digit on each image, 0 to 9, <c>int64</c> of shape [N].</param>
/// <param name="Description">What it is and where it comes from, for people.</param>
internal sealed record Dataset(torch.Tensor Images, torch.Tensor Labels, string Description) : IDisposable
{
    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
