using System.Text;
using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

/// <summary>What translations of held-out pictures are worth: the same digit? how far from the target's pictures? how near the right answer?</summary>
internal static class Figures
{
    public static string Of(Job job, Digits digits, Translator translator, PictureJudge judge)
    {
        using var scope = NewDisposeScope();
        var (sources, labels) = job.HeldOut(digits);
        var target = FeatureStatistics.Of(judge.Features.Extract(digits.HeldOut));
        var table = new StringBuilder(FormattableString.Invariant($"| {job.Name}, {sources.shape[0]:N0} held-out pictures | same digit | Frechet distance | PSNR |\n|---|---|---|---|\n"));
        var (baseline, make) = job.Baseline;
        Row(baseline, make(sources), labels, digits.HeldOut);
        Row("ours", translator.Translate(sources), labels, digits.HeldOut);
        Row("the target's own", digits.HeldOut, digits.HeldOutLabels);
        table.Append(FormattableString.Invariant($"The judge names {100 * judge.Facts.Accuracy:0.00} % of the target's held-out digits rightly, and has learned from none of them."));
        return table.ToString();

        void Row(string name, Tensor pictures, Tensor digit, Tensor? truth = null)
        {
            var same = judge.Classes!.Extract(pictures).argmax(1).eq(digit).to(ScalarType.Float64).mean().item<double>();
            var distance = FrechetDistance.Between(target, FeatureStatistics.Of(judge.Features.Extract(pictures))).Value;
            var near = job.IsPaired && truth is not null ? FormattableString.Invariant($"{Psnr(pictures, truth):0.00} dB") : "";
            table.Append(FormattableString.Invariant($"| {name} | {100 * same:0.00} % | {distance:0.00} | {near} |\n"));
        }
    }

    // Of each picture, then the mean; pictures span 2.
    private static double Psnr(Tensor pictures, Tensor truth) =>
        (-10 * ((pictures - truth).square().mean([1, 2, 3]) / 4).log10()).mean().to(ScalarType.Float64).item<double>();
}
