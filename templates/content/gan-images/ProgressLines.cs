using AdversarialKit;

namespace GanImages;

/// <summary>A line every 250 iterations, and what goes wrong in words.</summary>
internal sealed class ProgressLines : ITrainingCallback
{
    public int Interval => 250;

    public bool IsObserver => true;

    public void OnStart(Gan gan, FitOptions options)
    {
    }

    public void OnProgress(Gan gan, TrainingProgress progress)
    {
        Console.WriteLine($"{progress.Iteration,7}  {progress.Elapsed:hh\\:mm\\:ss}  D {progress.Step.Discriminator.Loss:F3}, G {progress.Step.Generator.Loss:F3}");
        foreach (var diagnosis in progress.Diagnoses)
        {
            Console.WriteLine(diagnosis.Message);
        }
    }

    public void OnEnd(Gan gan, FitResult result)
    {
    }
}
