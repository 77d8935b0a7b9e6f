using Translation;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class TranslationTests : IDisposable
{
    private readonly Digits _digits = Digits.Drawn(training: 600, heldOut: 30);

    public void Dispose() => _digits.Dispose();

    public static TheoryData<string> Paired => ["outlines", "sharpen", "squared-error"];

    [Theory]
    [MemberData(nameof(Paired))]
    public void Fit_PairedJob_TranslatesHeldOutPicturesAndJudgesThem(string name)
    {
        var job = Job.All.Single(job => job.Name == name);
        using var translator = job.Build(_digits, iterations: 2, seed: 1);
        translator.System.Fit(translator.Batches, new FitOptions { Iterations = 2 });
        using var judge = PictureJudge.Train(DataOf(_digits), new PictureJudgeOptions { Epochs = 1, BatchSize = 24 });

        var (labels, draw) = job.Sheet(_digits, translator);
        using var sheet = translator.System.Infer(draw);
        var figures = Figures.Of(job, _digits, translator, judge);

        sheet.shape.Should().Equal(12 * labels.Count, 1, 28, 28);
        figures.Split('\n').Select(line => line.Split('|')[0] + line.Split('|').ElementAtOrDefault(1)?.Trim()).Should().StartWith(
            [$"{name}, 30 held-out pictures", "---", job.Baseline.Name, "ours", "the target's own"]);
    }

    [Fact]
    public void Run_ThatDiverges_SaysSoAndLeavesTheNetworkOfAnEarlierRun()
    {
        using var digits = Digits.Drawn(training: 600, heldOut: 64);
        var folder = Directory.CreateTempSubdirectory("translation").FullName;
        var weights = Path.Combine(folder, Translation.Training.WeightsName);
        File.WriteAllText(weights, "those of an earlier run");
        var options = new Translation.Options { Job = new DivergingJob(), Iterations = 2, Out = folder };
        var (console, error) = (Console.Error, new StringWriter());
        try
        {
            Console.SetError(error);

            var exitCode = StopSignal.Heed(TextWriter.Null, stop => Translation.Training.Run(options, digits, stop));

            exitCode.Should().Be(2);
            error.ToString().Should().StartWith("Error: At iteration 1 the generator's loss is NaN.").And.EndWith(Environment.NewLine);
            File.ReadAllText(weights).Should().Be("those of an earlier run");
            File.Exists(Path.Combine(folder, "translator.onnx")).Should().BeFalse();
        }
        finally
        {
            Console.SetError(console);
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Build_HandwritingWithoutHandwriting_SaysWhatIsMissing()
    {
        var job = Job.All.Single(job => job.Name == "handwriting");

        job.Invoking(j => j.Build(_digits, 2, 1)).Should().Throw<ArgumentException>()
            .WithMessage("The job 'handwriting' needs handwritten digits to learn from. Name the folder of MNIST's files by --data.");
    }

    /// <summary>What is judged was never learned from: neither by the networks nor by the judge.</summary>
    [Fact]
    public void HeldOut_Digits_AreNoneOfTheTrainingOnes()
    {
        using var scope = NewDisposeScope();
        var distances = cdist(_digits.HeldOut.flatten(1), _digits.Training.flatten(1));

        distances.min().item<float>().Should().BeGreaterThan(1);
    }

    [Fact]
    public void Outlines_OfASquare_AreTheLineAroundIt()
    {
        using var scope = NewDisposeScope();
        var square = full([1, 1, 28, 28], -1f);
        square[0, 0, 10..14, 10..14] = 1f;

        var outline = Pictures.Outlines(square);

        outline.gt(0).sum().item<long>().Should().Be((6 * 6) - (4 * 4));
        outline[0, 0, 11, 11].item<float>().Should().Be(-1);
        outline[0, 0, 9, 9].item<float>().Should().Be(1);
    }

    [Fact]
    public void Blocks_OfADigit_KeepItsMeanAndHold49Numbers()
    {
        using var scope = NewDisposeScope();
        var digit = _digits.HeldOut.narrow(0, 0, 1);

        var blocks = Pictures.Blocks(digit);

        blocks.mean().item<float>().Should().BeApproximately(digit.mean().item<float>(), 1e-5f);
        nn.functional.max_pool2d(blocks, 4).eq(-nn.functional.max_pool2d(-blocks, 4)).all().item<bool>().Should().BeTrue();
    }

    private sealed class DivergingJob : SharpenJob
    {
        protected override GanBuilder WithTerms(GanBuilder builder, Digits digits, long seed) =>
            builder.WithGeneratorTerm("nothing", context => context.Fakes.mean() * float.NaN);
    }

    private static ImageDataSet DataOf(Digits digits) =>
        ImageDataSet.From(digits.Training, digits.TrainingLabels, [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]);
}
