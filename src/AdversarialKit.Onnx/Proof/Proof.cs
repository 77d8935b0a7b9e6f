using Microsoft.ML.OnnxRuntime;

namespace AdversarialKit;

/// <summary>Gives ONNX Runtime what libtorch was given.</summary>
internal static class Proof
{
    /// <summary>The largest deviation of all runs.</summary>
    /// <exception cref="OnnxExportException">ONNX Runtime does not take the model or the inputs.</exception>
    public static double Of(byte[] model, IReadOnlyList<TorchRun> runs, string subject)
    {
        try
        {
            using var session = RuntimeSession.Open(model);
            CheckInputs(session, runs[0].Inputs, subject);
            return runs.Max(run => Deviation.Of(run.Output, session.Run(run.Inputs)));
        }
        catch (OnnxRuntimeException error)
        {
            throw new OnnxExportException($"ONNX Runtime refuses {subject}. {Text.FirstLine(error)}", error);
        }
    }

    private static void CheckInputs(RuntimeSession session, IReadOnlyList<HostTensor> examples, string subject)
    {
        var inputs = session.Inputs.ToArray();
        var wanted = inputs.Select(input => Describe(input.Metadata.ElementDataType.ToString(), input.Metadata.Dimensions.Select(size => (long)size)));
        var given = examples.Select(example => Describe(example.ElementType.ToString(), example.Shape));
        var fits = inputs.Length == examples.Count && inputs.Zip(examples).All(pair => Fits(pair.First.Metadata, pair.Second));
        if (!fits || session.Outputs < 1)
        {
            throw new OnnxExportException($"{subject} takes {string.Join(" and ", wanted)}, but the examples are {string.Join(" and ", given)}.");
        }
    }

    private static bool Fits(NodeMetadata input, HostTensor example) =>
        input.IsTensor && input.ElementDataType.ToString() == example.ElementType.ToString()
        && input.Dimensions.Length == example.Shape.Length
        && input.Dimensions.Zip(example.Shape).All(pair => pair.First < 0 || pair.First == pair.Second);

    private static string Describe(string type, IEnumerable<long> sizes) =>
        $"{type} [{string.Join(", ", sizes.Select(size => size < 0 ? "N" : size.ToString(System.Globalization.CultureInfo.InvariantCulture)))}]";
}
