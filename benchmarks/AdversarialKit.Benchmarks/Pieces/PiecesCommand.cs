using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace AdversarialKit.Benchmarks;

/// <summary>Measures what is too short for the comparison of whole steps.</summary>
internal static class PiecesCommand
{
    private const int Warmups = 3;
    private const int Iterations = 10;

    public static int Run(string folder)
    {
        set_num_threads(1);

        // In this process: a project that BenchmarkDotNet generates would not have the mended native library.
        var job = Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithWarmupCount(Warmups)
            .WithIterationCount(Iterations)
            .WithIterationTime(TimeInterval.FromMilliseconds(150));
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(MarkdownExporter.GitHub)
            .AddLogger(ConsoleLogger.Default)
            .WithArtifactsPath(Path.GetFullPath(folder));
        var summaries = BenchmarkRunner.Run([typeof(StepPieces), typeof(AdamPieces)], config);
        return summaries.All(summary => summary.Reports.Length > 0 && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
