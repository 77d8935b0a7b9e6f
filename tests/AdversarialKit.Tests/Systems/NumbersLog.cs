namespace AdversarialKit.Tests.Systems;

/// <summary>Keeps each iteration's numbers, of every step, with all their bits, and perhaps prints them at once.</summary>
internal sealed class NumbersLog(TextWriter? output = null) : ISystemCallback
{
    public List<string> Lines { get; } = [];

    public void OnProgress(AdversarialSystem system, TrainingProgress progress)
    {
        var numbers = progress.Result!.Runs.SelectMany(run => run.Names.Select(name => $"{name}={run[name]:R}").Append($"{run.Step}={run.Loss:R}/{run.GradientNorm:R}"));
        var rates = progress.LearningRates.Values.Select(rate => $"{rate:R}");
        Lines.Add($"{progress.Iteration} {string.Join(' ', numbers)} {string.Join(' ', rates)} {progress.SamplesSeen}");
        output?.Write($"{Lines[^1]}\n");
        output?.Flush();
    }
}
