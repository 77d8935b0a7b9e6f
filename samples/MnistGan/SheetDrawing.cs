using AdversarialKit;

namespace MnistGan;

/// <summary>Draws a sheet of 5 x 5 samples every so many iterations.</summary>
internal sealed class SheetDrawing(string folder, int interval) : ITrainingCallback
{
    private const int Side = 5;

    /// <summary>Sheets drawn so far.</summary>
    public int Count { get; private set; }

    // The script counts from 0 and draws after the step: 0.png shows the samples after the first one.
    public void OnProgress(Gan gan, TrainingProgress progress)
    {
        if ((progress.Iteration - 1) % interval == 0)
        {
            Draw(gan, $"{progress.Iteration - 1}.png");
        }
    }

    // After the last checkpoint: a run that goes on from there draws the sheets that an unbroken one would.
    public void OnEnd(Gan gan, FitResult result) => Draw(gan, "final.png");

    private void Draw(Gan gan, string name)
    {
        using var images = gan.Sample(Side * Side);
        SampleSheet.Draw(images, Side, Side).SavePng(Path.Combine(folder, name));
        Count++;
    }
}
