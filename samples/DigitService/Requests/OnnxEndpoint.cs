using Microsoft.Extensions.Options;
using TorchSharp;
using static TorchSharp.torch;

namespace DigitService;

/// <summary><c>/generator.onnx</c>: the generator of the newest checkpoint for programs without TorchSharp, held against libtorch first.</summary>
internal static class OnnxEndpoint
{
    private const int Examples = 64;

    // Two at once would only take each other's core.
    private static readonly object _one = new();

    public static IResult Answer(DigitSampler sampler, IOptions<DigitOptions> options)
    {
        if (sampler.Current is null)
        {
            return Results.Text($"There is nothing to serve yet: {sampler.Reason}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var folder = Directory.CreateTempSubdirectory("digits-").FullName;
        try
        {
            var path = Path.Combine(folder, "generator.onnx");
            lock (_one)
            {
                Write(path, options.Value.Checkpoints);
            }

            return Results.File(File.ReadAllBytes(path), "application/octet-stream", "generator.onnx");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string path, string checkpoints)
    {
        using var generator = new DigitGenerator();
        CheckpointWeights.LoadGenerator(checkpoints, generator);
        using var random = new torch.Generator(1);
        using var latents = randn(Examples, DigitGenerator.LatentSize, generator: random);
        using var digits = DigitEndpoints.Labels(Examples, null);
        OnnxExport.Save(path, generator, latents, digits, new OnnxExportOptions { InputNames = ["latents", "labels"], OutputName = "samples" });
    }
}
