using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AdversarialKit;

/// <summary>The user's TorchScript file, in evaluation mode and found to be fit for figures.</summary>
internal sealed class InceptionNetwork : IDisposable
{
    /// <summary>Of the largest feature: what a batch's size may change by rounding.</summary>
    private const double Rounding = 1e-4;

    private readonly string _path;
    private readonly Device _device;
    private readonly jit.ScriptModule _module;
    private readonly bool _takesSwitch;

    private InceptionNetwork(string path, Device device, jit.ScriptModule module)
    {
        (_path, _device, _module) = (path, device, module);
        // The file that the field uses gives class probabilities unless its second argument, return_features, is true.
        _takesSwitch = module.GetNumberOfInputs() > 1;
        module.eval();
    }

    /// <summary>SHA-256 of the file.</summary>
    public required string Digest { get; init; }

    public static InceptionNetwork Load(string path, InceptionOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no TorchScript file '{path}'. This library brings no Inception network; docs/inception.md tells where the field's lies.", path);
        }

        var device = options.Device ?? CPU;
        try
        {
            using var file = File.OpenRead(path);
            var digest = Convert.ToHexString(SHA256.HashData(file));
            return new InceptionNetwork(path, device, jit.load(path, device.type, device.index)) { Digest = digest };
        }
        catch (ExternalException error)
        {
            throw new InvalidDataException($"'{path}' is not a TorchScript file: {FirstLine(error)}. Write it in Python with torch.jit.save(torch.jit.script(module), path).", error);
        }
    }

    /// <summary>Features [N, F] of images in the network's size and range.</summary>
    public Tensor Run(Tensor images)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        // Each time: the module has no other user, but a mode is too cheap to trust.
        _module.eval();
        try
        {
            var input = images.to(_device);
            var output = _takesSwitch ? _module.call(input, true) : _module.call(input);
            return Flat(output, images.shape[0]).MoveToOuterDisposeScope();
        }
        catch (ExternalException error)
        {
            throw new InvalidDataException($"'{_path}' does not run on images {Text(images)}: {FirstLine(error)}.", error);
        }
    }

    /// <summary>Refuses a network that is no judge: not in evaluation mode, returning no features, or another than the check file's.</summary>
    public void Check(Tensor images, string? checkFile)
    {
        using var scope = NewDisposeScope();
        var together = Rows(Run(images));
        for (var picture = 0; picture < together.Length; picture++)
        {
            var alone = Rows(Run(images.narrow(0, picture, 1)))[0];
            var (most, off) = (together[picture].Max(Math.Abs), together[picture].Zip(alone, (a, b) => Math.Abs(a - b)).Max());
            if (!(off <= Rounding * most))
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"'{_path}' gives a picture other features when another picture is beside it (they differ by {off:G3} of {most:G3}), or none that are finite. It was written in training mode; call eval() in Python before torch.jit.trace or torch.jit.freeze."));
            }
        }

        if (together.All(row => row.Length > 1 && row.Min() >= 0 && Math.Abs(row.Sum() - 1) < Rounding))
        {
            throw new InvalidDataException($"'{_path}' returns class probabilities: its {together[0].Length} numbers add up to 1. Features are needed; write a file that ends before the classes.");
        }

        if (checkFile is not null)
        {
            InceptionCheck.Read(checkFile).Require(_path, Digest, together);
        }
    }

    public void Dispose() => _module.Dispose();

    private Tensor Flat(object output, long count) =>
        output is Tensor features && features.dim() >= 2 && features.shape[0] == count && features.is_floating_point()
            ? features.flatten(1)
            : throw new InvalidDataException(
                $"'{_path}' must return floating-point features [{count}, F] of {count} images; it returned {(output is Tensor other ? $"{other.dtype} {Text(other)}" : output.GetType().Name)}.");

    private static double[][] Rows(Tensor features)
    {
        var numbers = features.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
        return [.. numbers.Chunk((int)features.shape[1])];
    }

    private static string FirstLine(Exception error) => error.Message.Split('\n', 2)[0].Trim().TrimEnd('.');

    private static string Text(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";
}
