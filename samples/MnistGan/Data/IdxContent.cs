using TorchSharp;

namespace MnistGan;

/// <summary>What an IDX file holds; owns its tensor.</summary>
/// <param name="Values"><c>uint8</c>, [N, rows, columns] for images and [N] for labels: all items, or as many as were asked for.</param>
/// <param name="Count">All items of the file.</param>
/// <param name="Sha256">Digest of the decompressed file, lower-case hexadecimal.</param>
internal sealed record IdxContent(torch.Tensor Values, int Count, string Sha256) : IDisposable
{
    public void Dispose() => Values.Dispose();
}
