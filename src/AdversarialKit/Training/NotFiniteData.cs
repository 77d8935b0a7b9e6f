using System.Globalization;

namespace AdversarialKit;

/// <summary>Finds numbers that are not finite among the real samples of an iteration.</summary>
internal static class NotFiniteData
{
    /// <summary>Where they are, in a sentence; null where there are none.</summary>
    public static string? Find(ReadOnlySpan<Batch> batches)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        for (var i = 0; i < batches.Length; i++)
        {
            var real = batches[i].Real;
            var bad = real.isfinite().logical_not();
            var count = bad.sum().item<long>();
            if (count > 0)
            {
                var sample = bad.reshape(real.size(0), -1).any(1).to(ScalarType.Int64).argmax().item<long>();
                var which = batches.Length == 1 ? "the real batch" : $"real batch {i + 1} of {batches.Length}";
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"The data are the cause: {count} of the {real.numel()} numbers of {which} {(count == 1 ? "is" : "are")} not finite, the first in sample {sample}, counted from 0.");
            }
        }

        return null;
    }
}
