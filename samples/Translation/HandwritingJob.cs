using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

/// <summary>
/// CycleGAN (Zhu et al. 2017): drawn digits to handwriting and back, without a pair; with the relativistic loss and both penalties (Huang et al. 2024) in place of least squares.
/// </summary>
internal sealed class HandwritingJob : Job
{
    private const int BatchSize = 16;
    private const int Shown = 12;
    private const int Remembered = 50;
    private const double WeightOfPenalties = 0.5;
    private const int PenaltyInterval = 4;

    // A tenth of the paper's: a hand changes where lines run, which a way back that counts more would forbid.
    private const double WeightOfCycles = 1;

    public override string Name => "handwriting";

    public override string Summary => "Turn drawn digits into handwritten ones and back (CycleGAN, no pairs).";

    public override long Iterations => 16_000;

    public override bool IsPaired => false;

    public override nn.Module<Tensor, Tensor> Network() => Networks.Writer();

    public override Translator Build(Digits digits, long iterations, long seed)
    {
        if (digits.AreDrawn)
        {
            throw new ArgumentException("The job 'handwriting' needs handwritten digits to learn from. Name the folder of MNIST's files by --data.");
        }

        random.manual_seed(seed);
        var drawn = digits.DrawnAlike;
        var (write, draw, onDrawn, onWritten) = (Network(), Network(), Networks.PictureDiscriminator(), Networks.PictureDiscriminator());
        var (pastDrawn, pastWritten) = (new FakeHistory(Remembered), new FakeHistory(Remembered));
        var rate = Schedule.Cosine(iterations);
        var system = new AdversarialSystemBuilder()
            .WithNetwork("write", write).WithNetwork("draw", draw).WithNetwork("on-drawn", onDrawn).WithNetwork("on-written", onWritten)
            .WithTensor("drawn", 1, Digits.Side, Digits.Side).WithTensor("written", 1, Digits.Side, Digits.Side)
            .WithPiece("past-drawn", pastDrawn).WithPiece("past-written", pastWritten)
            .WithStep("generators", step => step
                .Trains(write, draw).Sees(onDrawn, onWritten)
                .WithOptimizer(Optimizers.Adam(4e-4, beta1: 0.5)).WithLearningRate(rate)
                .Minimizes(c =>
                {
                    var written = c.Forward(write, c["drawn"]);
                    var (redrawn, back) = c.ForwardTogether(draw, c["written"], written);
                    c.Share("fake written", written);
                    c.Share("fake drawn", redrawn);
                    c.Add("adversarial", Convince(c, onWritten, written, c["written"]) + Convince(c, onDrawn, redrawn, c["drawn"]));
                    c.Add("cycle", Distance(back, c["drawn"]) + Distance(c.Forward(write, redrawn), c["written"]), weight: WeightOfCycles);
                }))
            .WithStep("on-drawn", step => Discriminate(step, onDrawn, "drawn", pastDrawn))
            .WithStep("on-written", step => Discriminate(step, onWritten, "written", pastWritten))
            .WithAverage(write, Ema.Decay(0.995))
            .WithSampler(c => write.call(drawn.Training.narrow(0, 0, c.Count)))
            .WithSeed(seed)
            .Build();
        var (sources, targets) = (Source(drawn.Training, seed), Source(digits.Training, seed + 1));
        return new Translator(
            write, system, Batches.Together(("drawn", sources), ("written", targets)),
            system, sources, targets, write, draw, onDrawn, onWritten, pastDrawn, pastWritten)
        {
            Back = draw,
        };
    }

    public override (Tensor Sources, Tensor Labels) HeldOut(Digits digits) => (digits.DrawnAlike.HeldOut.alias(), digits.DrawnAlike.HeldOutLabels.alias());

    public override (IReadOnlyList<string> Labels, Func<Tensor> Draw) Sheet(Digits digits, Translator translator) =>
        (["drawn", "ours", "back"], () => Rows(digits.DrawnAlike.HeldOut, translator));

    private static Tensor Rows(Tensor sources, Translator translator)
    {
        using var scope = NewDisposeScope();
        var shown = sources.narrow(0, 0, Shown);
        var written = translator.Network.call(shown);
        return cat([shown, written, translator.Back!.call(written)]).MoveToOuterDisposeScope();
    }

    private static CompiledStepBuilder Discriminate(CompiledStepBuilder step, nn.Module<Tensor, Tensor> discriminator, string domain, FakeHistory past) => step
        .Trains(discriminator).WithOptimizer(Optimizers.Adam(4e-4, beta1: 0.5))
        .Minimizes(c =>
        {
            var fakes = past.Exchange(c["fake " + domain], c.Random);
            var (real, fake) = c.ForwardTogether(discriminator, c[domain], fakes);
            c.Add("relativistic", Softplus(fake - real));
            c.AddPenalty("r1", Penalty.R1(), x => c.Forward(discriminator, x), c[domain], fakes, weight: WeightOfPenalties, interval: PenaltyInterval);
            c.AddPenalty("r2", Penalty.R2(), x => c.Forward(discriminator, x), c[domain], fakes, weight: WeightOfPenalties, interval: PenaltyInterval);
        });

    private static Tensor Convince(StepContext c, nn.Module<Tensor, Tensor> discriminator, Tensor fakes, Tensor reals)
    {
        var (fake, real) = c.ForwardTogether(discriminator, fakes, reals);
        return Softplus(real - fake);
    }

    private static Tensor Softplus(Tensor logits) => nn.functional.softplus(logits).mean();

    private static Tensor Distance(Tensor a, Tensor b) => (a - b).abs().mean();

    private static TensorBatches Source(Tensor images, long seed) => Batches.FromTensor(images, BatchSize, new TensorBatchOptions { Seed = seed });
}
