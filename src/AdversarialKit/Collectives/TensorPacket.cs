namespace AdversarialKit;

/// <summary>Named tensors as bytes, for another rank.</summary>
internal static class TensorPacket
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    public static byte[] Of(IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var stream = new MemoryStream();
        new SafetensorsWriter(stream).Write(tensors, NoMetadata);
        return stream.ToArray();
    }

    /// <summary>The caller disposes the tensors, or has a dispose scope do so.</summary>
    public static IReadOnlyDictionary<string, Tensor> Open(byte[] packet)
    {
        using var stream = new MemoryStream(packet);
        var reader = new SafetensorsReader("a message of another rank", stream);
        return reader.ReadTensors(reader.ReadHeader());
    }
}
