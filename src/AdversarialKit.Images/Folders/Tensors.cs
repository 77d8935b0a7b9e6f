using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>Tensors of plain numbers.</summary>
internal static class Tensors
{
    /// <summary>Images [N, C, H, W].</summary>
    public static Tensor Of(float[] images, int count, ImageFolderOptions options)
    {
        var tensor = empty(count, options.Channels, options.Height, options.Width);
        MemoryMarshal.AsBytes(images.AsSpan()).CopyTo(tensor.bytes);
        return tensor;
    }
}
