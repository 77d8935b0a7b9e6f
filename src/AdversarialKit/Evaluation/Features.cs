using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>Makes feature extractors.</summary>
public static class Features
{
    /// <summary>Extracts with a module, in evaluation mode and in batches; its modes are restored after every call.</summary>
    /// <param name="module">Maps <c>[N, ...]</c> to <c>[N, ...]</c>, flattened to <c>[N, F]</c>. Remains the caller's; disposing the extractor does not dispose it.</param>
    /// <param name="batchSize">The most samples it is given at once. Default: 256.</param>
    /// <returns>An extractor that moves samples to the device of the module's first parameter.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    public static IFeatureExtractor From(nn.Module<Tensor, Tensor> module, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return new ModuleFeatures(module, module.call, batchSize, owned: null);
    }

    /// <summary>Extracts with a TorchScript file, such as <c>torch.jit.save</c> writes in Python.</summary>
    /// <param name="path">A file of a module with one tensor in and one out.</param>
    /// <param name="batchSize">The most samples it is given at once. Default: 256.</param>
    /// <param name="device">Where it runs. Default: null, the CPU.</param>
    /// <returns>An extractor that owns what it loaded; dispose it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> is below 1.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not TorchScript.</exception>
    public static IFeatureExtractor FromTorchScript(string path, int batchSize = 256, Device? device = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no TorchScript file '{path}'. Write one in Python with torch.jit.save(torch.jit.script(module), path).", path);
        }

        try
        {
            device ??= CPU;
            var module = jit.load<Tensor, Tensor>(path, device.type, device.index);
            return new ModuleFeatures(module, module.call, batchSize, device);
        }
        catch (ExternalException error)
        {
            throw new InvalidDataException($"'{path}' is not a TorchScript file: {FirstLine(error.Message)} Write it in Python with torch.jit.save(torch.jit.script(module), path).", error);
        }
    }

    private static string FirstLine(string message)
    {
        var line = message.Split('\n', 2)[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }
}
