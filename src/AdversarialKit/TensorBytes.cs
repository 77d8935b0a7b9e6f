using System.Security.Cryptography;
using System.Text;

namespace AdversarialKit;

/// <summary>The raw bytes of tensors.</summary>
internal static class TensorBytes
{
    /// <summary>The address of the first element, on whatever device the tensor lies.</summary>
    public static nint Address(Tensor tensor)
    {
        // A storage keeps a tensor of its own, which it never disposes.
        using var scope = NewDisposeScope();

        // A storage must be asked for by its own element type: another one makes TorchSharp return a converted copy.
        var start = tensor.dtype switch
        {
            ScalarType.Float32 => tensor.storage<float>().data_ptr(),
            ScalarType.Float64 => tensor.storage<double>().data_ptr(),
            ScalarType.Float16 => tensor.storage<Half>().data_ptr(),
            ScalarType.BFloat16 => tensor.storage<BFloat16>().data_ptr(),
            var other => throw new ArgumentException($"The storage of {other} tensors cannot be compared.", nameof(tensor)),
        };
        return start + (nint)(tensor.storage_offset() * tensor.element_size());
    }

    public static string Digest(IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var noGrad = no_grad();
        foreach (var (name, tensor) in tensors)
        {
            using var scope = NewDisposeScope();
            digest.AppendData(Encoding.UTF8.GetBytes($"{name} {tensor.dtype} {Text.Shape(tensor)}\n"));
            digest.AppendData(tensor.detach().cpu().contiguous().bytes);
        }

        return Convert.ToHexString(digest.GetHashAndReset());
    }
}
