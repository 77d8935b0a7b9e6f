using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

/// <summary>Reads batches back as the bytes that pictures have.</summary>
internal static class Pixels
{
    /// <summary>Images [N, C, H, W] in [-1, 1] as bytes, image by image, pixel by pixel.</summary>
    public static byte[] Of(Tensor images)
    {
        using var scope = NewDisposeScope();
        return images.add(1).mul(127.5).round().to(ScalarType.Byte).permute(0, 2, 3, 1).contiguous().bytes.ToArray();
    }

    /// <summary>The first value of each image of a batch: which of the greys it is.</summary>
    public static int[] Greys(ImageFolderBatches batches)
    {
        using var scope = NewDisposeScope();
        var batch = batches.NextBatch()!.Value.Real;
        var size = (int)(batch.numel() / batch.shape[0]);
        return [.. Of(batch).Where((_, i) => i % size == 0).Select(value => (int)value)];
    }
}
