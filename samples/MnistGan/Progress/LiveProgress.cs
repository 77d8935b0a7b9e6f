using AdversarialKit;
using Spectre.Console;

namespace MnistGan;

/// <summary>A line that moves: Spectre.Console draws it on its own thread, training only leaves the numbers.</summary>
internal sealed class LiveProgress(ProgressTask task, ProgressColumns columns, TimeProvider clock, IAnsiConsole console) : IProgressDisplay
{
    private static readonly TimeSpan _refresh = TimeSpan.FromMilliseconds(100);

    private readonly long _total = (long)task.MaxValue;
    private readonly Pace _pace = new((long)task.MaxValue, clock);

    public void Report(long iteration, double discriminatorLoss, double accuracy, double generatorLoss)
    {
        if (_pace.SinceUpdate < _refresh && iteration != _total)
        {
            return;
        }

        _pace.Update(iteration);
        columns.State = new ProgressState(iteration, discriminatorLoss, accuracy, generatorLoss, _pace.Rate, _pace.Left);
        task.Value = iteration;
    }

    public void Tuned(TuningOutcome outcome) => console.WriteLine(Wording.Tuning(outcome));

    public void Evaluating(double share) => columns.State = columns.State with { Evaluated = share };

    public void Evaluated(EvaluationResult evaluation)
    {
        columns.State = columns.State with { Evaluated = null };
        console.WriteLine(Wording.Figures(evaluation));
    }
}
