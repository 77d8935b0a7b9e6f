using System.Text;
using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

/// <summary>What translations of held-out pictures are worth: the same digit? how far from the target's pictures? how near the right answer?</summary>
internal static class Figures
{
    private const long JudgeSteps = 1_500;

    public static string Of(Job job, Digits digits, Translator translator, CancellationToken stop)
    {
        using var scope = NewDisposeScope();
        var (sources, labels) = job.HeldOut(digits);
        using var judge = Classifier.Train(digits.Training, digits.TrainingLabels, JudgeSteps, seed: 1, stop);
        var truth = judge.Look(digits.HeldOut);
        var table = new StringBuilder(FormattableString.Invariant($"| {job.Name}, {sources.shape[0]} held-out pictures | same digit | Frechet distance | PSNR |\n|---|---|---|---|\n"));
        var (baseline, make) = job.Baseline;
        Row(baseline, make(sources));
        Row("ours", translator.Translate(sources));
        Row("the target's own", digits.HeldOut, digits.HeldOutLabels);
        return table.ToString();

        void Row(string name, Tensor pictures, Tensor? own = null)
        {
            var (features, classes) = judge.Look(pictures);
            var same = classes.eq(own ?? labels).to(ScalarType.Float64).mean().item<double>();
            var distance = FrechetDistance.Between(FeatureStatistics.Of(truth.Features), FeatureStatistics.Of(features)).Value;
            var near = job.IsPaired && own is null ? FormattableString.Invariant($"{Psnr(pictures, digits.HeldOut):0.00} dB") : "";
            table.Append(FormattableString.Invariant($"| {name} | {100 * same:0.00} % | {distance:0.00} | {near} |\n"));
        }
    }

    // Of each picture, then the mean; pictures span 2.
    private static double Psnr(Tensor pictures, Tensor truth) =>
        (-10 * ((pictures - truth).square().mean([1, 2, 3]) / 4).log10()).mean().to(ScalarType.Float64).item<double>();
}
