using AdversarialKit;

namespace MnistGan;

/// <summary>Draws a sheet of samples every so many iterations.</summary>
internal sealed class SheetDrawing(Sampler sampler, string folder, int interval) : ITrainingCallback
{
    /// <summary>Sheets drawn so far.</summary>
    public int Count { get; private set; }

    // The script counts from 0 and draws after the step: 0.png shows the samples after the first one.
    public void OnProgress(Gan gan, TrainingProgress progress)
    {
        if ((progress.Iteration - 1) % interval == 0)
        {
            Draw($"{progress.Iteration - 1}.png");
        }
    }

    // After the last checkpoint: a run that goes on from there draws the sheets that an unbroken one would.
    public void OnEnd(Gan gan, FitResult result) => Draw("final.png");

    private void Draw(string name)
    {
        sampler.DrawSheet(Path.Combine(folder, name));
        Count++;
    }
}
