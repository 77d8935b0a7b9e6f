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

    /// <summary>Copies the tensors of a file into a module's parameters and buffers of the same names, such as weights that PyTorch trained.</summary>
    /// <param name="path">The file to read. For <c>torch</c> it is written by <c>safetensors.torch.save_file(module.state_dict(), path)</c>.</param>
    /// <param name="module">The module; its tensors stay the same objects, on their devices. Remains the caller's.</param>
    /// <param name="rename">Gives the module's name for a name of the file; null leaves that tensor out. Default: the names are the same.</param>
    /// <param name="partial">Whether to load what fits if not everything does. Default: false, and then nothing is loaded.</param>
    /// <returns>
    /// What fitted and what did not. Shapes must be equal, except that [] and [1] are one; types too, except that floating-point
    /// numbers of one precision are converted to another.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or <paramref name="rename"/> gives two tensors one name; nothing was loaded.</exception>
    /// <exception cref="CheckpointException">
    /// The file is missing, cut, or no safetensors file, or, without <paramref name="partial"/>, does not fit: all differences are
    /// listed. Nothing was loaded.
    /// </exception>
    /// <exception cref="InvalidOperationException">Two layers of the module have one name.</exception>
    public static WeightsReport LoadInto(string path, nn.Module module, Func<string, string?>? rename = null, bool partial = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(module);
        using var scope = NewDisposeScope();
        var fit = WeightsFit.Of(Load(path), NetworkState.Of("module", module), rename ?? (name => name));
        var report = fit.Report;
        if (!report.IsComplete && !partial)
        {
            throw new CheckpointException(
                path,
                "The file does not fit the module, and nothing was loaded from it:"
                + string.Concat(report.Differences.Select(line => $"{Environment.NewLine}- {line}")));
        }

        fit.Copy();
        return report;
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
