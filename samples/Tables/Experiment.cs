using System.Diagnostics;
using AdversarialKit;

namespace Tables;

/// <summary>Learns a table, holds what it draws against both baselines, and writes report and rows.</summary>
internal static class Experiment
{
    public static void Run(TableTask task, Settings settings, TableSynthesizerBuilder builder, TextWriter output)
    {
        output.WriteLine($"{task.Name}: {task.Learned.RowCount} rows of {task.Learned.Columns.Count} columns, as many held out; models foretell '{task.Target}'.");
        var processor = Process.GetCurrentProcess().TotalProcessorTime;
        using var synthesizer = (settings.Epochs is { } epochs ? builder.WithEpochs(epochs) : builder).WithSeed(settings.Seed).Fit(task.Learned, new ConsoleProgress(output));
        var fit = synthesizer.Fitted!;
        output.WriteLine($"fitted in {fit.Elapsed.TotalSeconds:F0} s, of processor time {(Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds:F0} s; greatest memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB; {fit.Iterations} iterations ({fit.End}), best at {fit.BestIteration}.");
        var rows = task.Learned.RowCount;
        Trial[] trials =
        [
            Trial.Of("real", task.Learned, task, synthesizer.Columns),
            Trial.Of("synthetic", synthesizer.Sample(rows, seed: settings.Seed), task, synthesizer.Columns),
            Trial.Of("independent columns", IndependentColumns.Sample(task.Learned, rows, 3), task, synthesizer.Columns),
            Trial.Of("Gaussian copula", new GaussianCopula(task.Learned, 3).Sample(rows, 4), task, synthesizer.Columns),
        ];
        Print(task, trials, output);
        Write(task, trials, synthesizer, settings);
    }

    private static void Print(TableTask task, Trial[] trials, TextWriter output)
    {
        output.WriteLine($"| {task.Name} | columns | pairs | {task.Model.Measure} | utility ratio | copies |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach (var trial in trials)
        {
            output.WriteLine($"| {trial.Name} | {trial.Figures.ColumnSimilarity:F3} | {trial.Figures.PairSimilarity:F3} | {trial.Utility:F3} | {trial.Utility / trials[0].Utility:F3} | {(trial.Name == "real" ? "-" : trial.Privacy.Copies)} |");
        }

        var privacy = trials[1].Privacy;
        output.WriteLine($"nearest learned row: {privacy.Distance:F4} (held-out rows {privacy.HeldOutDistance:F4}); nearer than 5 % of the held-out ones: {privacy.TooNear:P1}; copies among held-out rows: {privacy.HeldOutCopies}.");
    }

    private static void Write(TableTask task, Trial[] trials, TableSynthesizer synthesizer, Settings settings)
    {
        Directory.CreateDirectory(settings.Out);
        trials[1].Rows.WriteCsv(Path.Combine(settings.Out, $"{task.Name}.csv"));
        synthesizer.Save(Path.Combine(settings.Out, $"{task.Name}.tables"));
        TableReport.Write(Path.Combine(settings.Out, $"{task.Name}.html"), new TableReportContent
        {
            Title = $"Synthetic table: {task.Name}",
            Learned = task.Learned,
            HeldOut = task.HeldOut,
            Synthetic = trials[1].Rows,
            Others = [.. trials[2..].Select(trial => (trial.Name, trial.Rows))],
            Utility = [.. trials.Select(trial => new UtilityFigure(trial.Name, task.Target, task.Model.Measure, trial.Utility))],
            Fit = synthesizer.Fitted,
            Columns = synthesizer.Columns,
        });
    }
}
