using Microsoft.Extensions.Options;
using static TorchSharp.torch;

namespace DigitService;

/// <summary>What is served.</summary>
internal static class DigitEndpoints
{
    private const double LargestPsi = 1.5;

    // Beyond, latents are such as were never trained on.
    private const double LargestLatent = 4;
    private const int LargestWalk = 64;

    public static void MapDigits(this WebApplication app)
    {
        app.MapGet("/", () => Results.Stream(typeof(DigitEndpoints).Assembly.GetManifestResourceStream("page.html")!, "text/html; charset=utf-8"));
        app.MapGet("/digits", Digits);
        app.MapGet("/latent", OneLatent);
        app.MapGet("/walk", Walk);
        app.MapGet("/generator.onnx", OnnxEndpoint.Answer);
        app.MapGet("/status", (DigitSampler sampler, DigitTraining training, IOptions<DigitOptions> options) => new ServiceStatus(
            sampler.Current?.Iteration, options.Value.Iterations, options.Value.Train && training.Ended is null, training.Ended));
        app.MapHealthChecks("/health", new() { ResponseWriter = (context, report) => context.Response.WriteAsync(report.Entries.Values.First().Description!) });
    }

    /// <summary><c>/digits?label=7&amp;count=16&amp;seed=1&amp;psi=0.8</c>: a sheet of digits; of all of them in turn without a label.</summary>
    private static async Task<IResult> Digits(HttpContext context, DigitSampler sampler, IOptions<DigitOptions> options)
    {
        var query = new QueryNumbers(context.Request.Query);
        var count = query.Whole("count", 16, 1, options.Value.LargestCount);
        long? label = context.Request.Query.ContainsKey("label") ? query.Whole("label", null, 0, DigitGenerator.Classes - 1) : null;
        var seed = query.Whole("seed", Random.Shared.NextInt64(), long.MinValue, long.MaxValue);
        var psi = query.Real("psi", 1, 0, LargestPsi);
        var columns = (int)query.Whole("columns", (long)Math.Ceiling(Math.Sqrt(count)), 1, count);
        using var labels = Labels(count, label);
        return await Draw(sampler, current => current.SampleAsync(count, labels, seed, psi, context.RequestAborted), columns: columns);
    }

    /// <summary><c>/latent?label=7&amp;z=0,0.5,...&amp;psi=1</c>: one digit, of the latent that the page's sliders say.</summary>
    private static async Task<IResult> OneLatent(HttpContext context, DigitSampler sampler)
    {
        var query = new QueryNumbers(context.Request.Query);
        var label = query.Whole("label", null, 0, DigitGenerator.Classes - 1);
        var psi = query.Real("psi", 1, 0, LargestPsi);
        using var latents = tensor(query.List("z", DigitGenerator.LatentSize, -LargestLatent, LargestLatent), [1, DigitGenerator.LatentSize]);
        using var labels = Labels(1, label);
        return await Draw(sampler, current => current.GenerateAsync(latents, labels, psi, context.RequestAborted), enlargement: 6, padding: 0);
    }

    /// <summary><c>/walk?label=7&amp;from=1&amp;to=2&amp;steps=12</c>: the way from one digit to another.</summary>
    private static async Task<IResult> Walk(HttpContext context, DigitSampler sampler)
    {
        var query = new QueryNumbers(context.Request.Query);
        var label = query.Whole("label", null, 0, DigitGenerator.Classes - 1);
        var (from, to) = (query.Whole("from", 1, long.MinValue, long.MaxValue), query.Whole("to", 2, long.MinValue, long.MaxValue));
        var steps = (int)query.Whole("steps", 12, 2, LargestWalk);
        var psi = query.Real("psi", 1, 0, LargestPsi);
        using var labels = Labels(steps, label);
        return await Draw(sampler, current => WalkAsync(current, labels, (from, to), steps, psi, context.RequestAborted), columns: steps);
    }

    private static Task<Tensor> WalkAsync(GanSampler sampler, Tensor labels, (long From, long To) seeds, int steps, double psi, CancellationToken aborted)
    {
        using var from = sampler.DrawLatents(1, seeds.From);
        using var to = sampler.DrawLatents(1, seeds.To);
        using var path = Latent.Interpolate(from, to, steps);
        return sampler.GenerateAsync(path, labels, psi, aborted);
    }

    private static async Task<IResult> Draw(DigitSampler sampler, Func<GanSampler, Task<Tensor>> make, int enlargement = 2, int padding = 2, int? columns = null)
    {
        if (sampler.Current is not { } current)
        {
            return Results.Text($"There is nothing to serve yet: {sampler.Reason}", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        using var images = await make(current);
        var sheet = ImageSheet.Draw(images, new ImageSheetOptions { Enlargement = enlargement, Padding = padding, Columns = columns, Range = (-1, 1) });
        return Results.Bytes(sheet.ToPng(), "image/png");
    }

    /// <summary>So many labels: all the same, or without one 0, 1, ..., 9, and again from 0.</summary>
    public static Tensor Labels(long count, long? label) => label is { } one
        ? full([count], one, dtype: ScalarType.Int64)
        : arange(count, ScalarType.Int64).remainder_(DigitGenerator.Classes);
}
