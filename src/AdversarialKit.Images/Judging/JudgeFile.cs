using System.Text.Json;

namespace AdversarialKit;

/// <summary>A judge on disk: its weights in a safetensors file and its facts in a JSON file of the same name.</summary>
internal sealed class JudgeFile(string path)
{
    // Other machines and thread counts round otherwise; other weights are off by whole numbers.
    private const double Tolerance = 1e-3;

    /// <summary>The facts.</summary>
    public string Notes { get; } = Path.ChangeExtension(path, ".json");

    public bool Exists => File.Exists(path);

    public void Write(JudgeNetwork network, JudgeFacts facts)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Safetensors.Save(path, network.State());
        ReplacedFile.Write(Notes, JsonSerializer.SerializeToUtf8Bytes(facts, JudgeJson.Default.JudgeFacts));
    }

    /// <summary>Reads the judge; the caller owns the network.</summary>
    /// <exception cref="InvalidDataException">It is not a judge of this data, not the one that was stored, or names too few pictures rightly.</exception>
    public (JudgeNetwork Network, JudgeFacts Facts) Read(ImageDataSet data, JudgeTask task, double leastAccuracy)
    {
        var facts = ReadFacts();
        JudgeTraining.RefuseBelow(leastAccuracy, facts.Accuracy);
        using var random = new Generator(0);
        var network = new JudgeNetwork(data.Images.shape.AsSpan(1), task, random);
        try
        {
            Fill(network);
            network.Body.eval();
            RefuseOthers(JudgeCheck.Values(network, data), facts.CheckValues);
            return (network, facts);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private JudgeFacts ReadFacts()
    {
        JudgeFacts? facts;
        try
        {
            using var stream = InputFile.Open(Notes);
            facts = JsonSerializer.Deserialize(stream, JudgeJson.Default.JudgeFacts);
        }
        catch (Exception error) when (error is JsonException or IOException or InvalidDataException)
        {
            throw Refusal($"its figures in '{Notes}' are missing or broken", error);
        }

        return facts is { CheckValues.Count: > 0 } ? facts : throw Refusal($"'{Notes}' lacks the check values", null);
    }

    private void Fill(JudgeNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var stored = Stored();
        foreach (var (key, tensor) in network.State())
        {
            if (!stored.TryGetValue(key, out var values) || values.dtype != tensor.dtype || !values.shape.SequenceEqual(tensor.shape))
            {
                throw Refusal(
                    $"its weights have no {tensor.dtype} [{string.Join(", ", tensor.shape)}] named '{key}', so they are another network's", null);
            }

            tensor.copy_(values);
        }
    }

    private IReadOnlyDictionary<string, Tensor> Stored()
    {
        try
        {
            return Safetensors.Load(path);
        }
        catch (CheckpointException error)
        {
            throw Refusal("its weights are missing or broken", error);
        }
    }

    private void RefuseOthers(double[] found, IReadOnlyList<double> stored)
    {
        var off = found.Length == stored.Count ? found.Zip(stored, (a, b) => Math.Abs(a - b)).Max() : double.PositiveInfinity;
        if (!(off <= Tolerance))
        {
            throw Refusal(FormattableString.Invariant($"its weights miss the check values that were stored with them by {off:G3} (allowed: {Tolerance})"), null);
        }
    }

    private InvalidDataException Refusal(string reason, Exception? cause) =>
        new($"The judge '{path}' is not the one that was trained: {reason}. Delete the file, and the judge is trained anew.", cause);
}
