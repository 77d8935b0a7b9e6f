using System.Globalization;

namespace AdversarialKit.Tests.Training;

/// <summary>Keeps each iteration's losses with all their bits, and perhaps prints them at once.</summary>
internal sealed class LossLog(TextWriter? output = null) : ITrainingCallback
{
    public List<string> Lines { get; } = [];

    public void OnProgress(Gan gan, TrainingProgress progress)
    {
        var (discriminator, generator) = (progress.Step.Discriminator, progress.Step.Generator);
        Lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{progress.Iteration} {discriminator.Loss:R} {discriminator.Penalty:R} {discriminator.GradientNorm:R} {generator.Loss:R} {progress.SamplesSeen}"));
        output?.Write($"{Lines[^1]}\n");
        output?.Flush();
    }
}
