using Spectre.Console;

namespace MnistGan;

/// <summary>Chooses the display: a moving line on a terminal, plain lines elsewhere.</summary>
internal static class ProgressDisplay
{
    private const int BarWidth = 12;

    /// <summary>Runs <paramref name="work"/> on the calling thread with a display around it.</summary>
    public static T Show<T>(Options options, Surroundings around, Func<IProgressDisplay, T> work)
    {
        if (!around.OutputIsTerminal)
        {
            return work(new PlainProgress(around.Output, options.Iterations, options.SampleInterval, TimeProvider.System));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(around.Output) });
        return ShowLive(console, options.Iterations, work);
    }

    internal static T ShowLive<T>(IAnsiConsole console, long iterations, Func<IProgressDisplay, T> work)
    {
        var columns = new ProgressColumns();
        return console.Progress()
            .Columns(new ProgressBarColumn { Width = BarWidth }, columns)
            .Start(context => work(new LiveProgress(context.AddTask("training", maxValue: iterations), columns, TimeProvider.System, console)));
    }
}
