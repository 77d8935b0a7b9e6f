namespace AdversarialKit;

/// <summary>
/// Reads and writes safetensors files: named tensors in a layout that holds no code, and that Python opens with
/// <c>safetensors.torch.load_file</c>.
/// </summary>
/// <remarks>
/// The format: <see href="https://github.com/huggingface/safetensors#format"/>. The types are F64, F32, F16, BF16, I64, I32,
/// I16, I8, U8 and BOOL. Reading trusts nothing in the file: it may come from anyone.
/// </remarks>
public static class Safetensors
{
    private static readonly Dictionary<string, string> NoMetadata = [];

    /// <summary>
    /// Writes tensors into one file, by way of a temporary file beside it: after a crash there is the old file or the new
    /// one, whole.
    /// </summary>
    /// <param name="path">The file to write; one that exists is replaced. Its directory must exist.</param>
    /// <param name="tensors">The tensors by name, of any shape and device, contiguous or not. Remain the caller's.</param>
    /// <param name="metadata">Notes to put beside them.</param>
    /// <exception cref="ArgumentException">A tensor is disposed, sparse or of another type than those named above, or a name is no text.</exception>
    /// <exception cref="CheckpointException">The file could not be written.</exception>
    public static void Save(
        string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        DurableFile.Replace(path, stream => new SafetensorsWriter(stream).Write(tensors, metadata ?? NoMetadata));
    }

    /// <summary>Reads all tensors of a file into memory, on the CPU.</summary>
    /// <param name="path">The file to read.</param>
    /// <returns>The tensors by name, in the order of their bytes. The caller disposes them, or has a dispose scope do so.</returns>
    /// <exception cref="CheckpointException">
    /// The file is missing, cut, or no safetensors file, or holds a type that torch lacks. No tensor is left behind.
    /// </exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return DurableFile.Read(path, stream =>
        {
            var reader = new SafetensorsReader(path, stream);
            return reader.ReadTensors(reader.ReadHeader());
        });
    }

    /// <summary>Reads which tensors a file holds, without reading them.</summary>
    /// <param name="path">The file to read.</param>
    /// <returns>Names, types, shapes and places of the tensors, and the metadata.</returns>
    /// <exception cref="CheckpointException">The file is missing, cut, or no safetensors file.</exception>
    public static SafetensorsHeader ReadHeader(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return DurableFile.Read(path, stream => new SafetensorsReader(path, stream).ReadHeader());
    }
}
