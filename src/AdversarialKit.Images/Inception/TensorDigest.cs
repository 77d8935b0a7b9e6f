using System.Security.Cryptography;
using System.Text;

namespace AdversarialKit;

/// <summary>Names a tensor by type, shape and bytes.</summary>
internal static class TensorDigest
{
    public static string Of(Tensor tensor)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        all.AppendData(Encoding.UTF8.GetBytes($"{tensor.dtype} [{string.Join(", ", tensor.shape)}]\n"));
        for (var i = 0L; i < tensor.shape[0]; i++)
        {
            // Row by row: a span ends at 2 GiB.
            using var scope = NewDisposeScope();
            all.AppendData(tensor.select(0, i).detach().cpu().contiguous().bytes);
        }

        return Convert.ToHexString(all.GetHashAndReset());
    }
}
