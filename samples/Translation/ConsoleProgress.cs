using System.Globalization;
using AdversarialKit;

namespace Translation;

/// <summary>One line that moves on a terminal, a line every so often elsewhere.</summary>
internal sealed class ConsoleProgress : ISystemCallback
{
    private const string Clear = "\r\u001b[K";

    private readonly bool _moves = !Console.IsOutputRedirected;

    public int Interval => _moves ? 10 : 200;

    public void OnProgress(AdversarialSystem system, TrainingProgress progress)
    {
        var left = progress.Remaining is { } time ? $", {time:h\\:mm\\:ss} left" : "";
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{progress.Iteration} of {progress.TotalIterations}, {progress.IterationsPerSecond:0.0} it/s{left}: {progress.Result}");
        Console.Write(_moves ? Clear + line : line + Environment.NewLine);
    }

    public void OnEnd(AdversarialSystem system, FitResult result) => Console.Write(_moves ? Environment.NewLine : "");
}
