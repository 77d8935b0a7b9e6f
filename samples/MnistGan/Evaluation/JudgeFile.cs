using System.Text.Json;
using AdversarialKit;
using TorchSharp;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>A judge on disk: its weights in a safetensors file and its figures in a JSON file of the same name.</summary>
internal sealed class JudgeFile(string folder, string name)
{
    // Other machines and thread counts round otherwise; other weights are off by whole numbers.
    private const double Tolerance = 1e-3;

    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The weights.</summary>
    public string Weights { get; } = Path.Combine(folder, name + ".safetensors");

    /// <summary>The figures.</summary>
    public string Notes { get; } = Path.Combine(folder, name + ".json");

    public bool Exists => File.Exists(Weights);

    public void Write(IReadOnlyDictionary<string, Tensor> state, JudgeFigures figures)
    {
        Directory.CreateDirectory(folder);
        Safetensors.Save(Weights, state);
        using var file = new ReplacingFile(Notes);
        JsonSerializer.Serialize(file.Stream, figures, _json);
        file.Complete();
    }

    /// <summary>Reads the judge.</summary>
    /// <exception cref="UserErrorException">It is not a judge, not the one that was stored, or names too few digits rightly.</exception>
    public Judge Read(double leastAccuracy)
    {
        var figures = ReadFigures();
        JudgeTraining.RefuseBelow(leastAccuracy, figures.Accuracy);
        using var random = new torch.Generator(0);
        var network = new JudgeNetwork(random);
        try
        {
            Fill(network);
            RefuseOthers(Judge.CheckValues(network), figures.CheckValues);
            return Judge.Of(network, figures);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private JudgeFigures ReadFigures()
    {
        try
        {
            using var stream = InputFile.Open(Notes);
            return JsonSerializer.Deserialize<JudgeFigures>(stream, _json) is { CheckValues.Count: > 0 } figures
                ? figures
                : throw Refusal($"'{Notes}' lacks the check values", null);
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException or InvalidDataException)
        {
            throw Refusal($"its figures in '{Notes}' are missing or broken", error);
        }
    }

    private void Fill(JudgeNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        var stored = Stored();
        var wanted = network.State();
        foreach (var (key, tensor) in wanted)
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
            return Safetensors.Load(Weights);
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

    private UserErrorException Refusal(string reason, Exception? cause) =>
        new($"The judge '{Weights}' is not the one that was trained: {reason}. Delete the file, and the judge is trained anew.", cause);
}
