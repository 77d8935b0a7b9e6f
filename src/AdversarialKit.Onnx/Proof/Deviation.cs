namespace AdversarialKit;

/// <summary>How far ONNX Runtime is from libtorch.</summary>
internal static class Deviation
{
    /// <summary>The largest difference; where values are larger than 1, in units of the largest.</summary>
    /// <exception cref="OnnxExportException">The shapes differ, or a value is no finite number.</exception>
    public static double Of(HostTensor torch, HostTensor runtime)
    {
        if (!torch.Shape.AsSpan().SequenceEqual(runtime.Shape) || torch.ElementType != runtime.ElementType)
        {
            throw new OnnxExportException(
                $"libtorch makes {torch.ElementType} {Text.Sizes(torch.Shape)} of the examples, but ONNX Runtime {runtime.ElementType} {Text.Sizes(runtime.Shape)}.");
        }

        if (torch.Data is long[] whole)
        {
            return whole.AsSpan().SequenceEqual((long[])runtime.Data) ? 0 : double.PositiveInfinity;
        }

        var (expected, actual) = ((float[])torch.Data, (float[])runtime.Data);
        var (largest, difference) = (1.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!float.IsFinite(expected[i]))
            {
                throw new OnnxExportException(
                    $"Of the examples the module itself makes {Text.Number(expected[i])}, with which nothing can be compared. Export a module with finite weights, and pass examples as it was trained on.");
            }

            largest = Math.Max(largest, Math.Abs((double)expected[i]));
            difference = float.IsFinite(actual[i]) ? Math.Max(difference, Math.Abs((double)expected[i] - actual[i])) : double.PositiveInfinity;
        }

        return difference / largest;
    }
}
