using System.Globalization;
using AdversarialKit;

namespace MnistGan;

/// <summary>A line every so many iterations, in the words of the Keras script; for logs and pipes.</summary>
internal sealed class PlainProgress(TextWriter output, long total, long interval, TimeProvider clock) : IProgressDisplay
{
    private readonly Pace _pace = new(total, clock);

    public void Report(long iteration, double discriminatorLoss, double accuracy, double generatorLoss)
    {
        if (iteration % interval != 0 && iteration != total)
        {
            return;
        }

        _pace.Update(iteration);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{iteration} [D loss: {discriminatorLoss:F6}, acc.: {100 * accuracy:F2}%] [G loss: {generatorLoss:F6}] {_pace.Rate:F1} it/s, {Wording.Span(_pace.Left)} left"));
    }

    public void Tuned(TuningOutcome outcome) => output.WriteLine(Wording.Tuning(outcome));

    public void Evaluating(double share)
    {
    }

    public void Evaluated(EvaluationResult evaluation) => output.WriteLine(Wording.Figures(evaluation));
}
