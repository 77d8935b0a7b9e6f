using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace DigitService;

internal static class Program
{
    /// <summary>The name of the library's instruments and activities.</summary>
    private const string Library = "AdversarialKit";

    private static void Main(string[] args)
    {
        // Before anything of torch: threads that wait for work are to let others have the core. Products stay as they are, since another
        // choice at another start would give a seed other last bits.
        using var tuning = TorchTuning.Apply(new TorchTuningOptions { Threads = false, Float32Products = false });
        using var app = Build(args);
        app.Run();
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        var services = builder.Services;
        // A line for each request would be the log; the configuration may say otherwise.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        services.AddOptions<DigitOptions>().BindConfiguration(DigitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<DigitSampler>().AddHostedService(provider => provider.GetRequiredService<DigitSampler>());
        services.AddSingleton<DigitTraining>().AddHostedService(provider => provider.GetRequiredService<DigitTraining>());
        services.AddHealthChecks().AddCheck<DigitHealth>("digits");
        AddTelemetry(builder);
        var app = builder.Build();
        app.Use(AnswerBadRequests);
        app.MapDigits();
        return app;
    }

    // The library's, and the web server's own; sent where the environment says, as every program with OpenTelemetry does.
    private static void AddTelemetry(WebApplicationBuilder builder)
    {
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            builder.Services.AddOpenTelemetry()
                .WithMetrics(metrics => metrics.AddMeter(Library, "Microsoft.AspNetCore.Hosting", "System.Runtime").AddOtlpExporter())
                .WithTracing(tracing => tracing.AddSource(Library, "Microsoft.AspNetCore").AddOtlpExporter());
        }
    }

    private static async Task AnswerBadRequests(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadRequestException bad)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync(bad.Message);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to be answered.
        }
    }
}
