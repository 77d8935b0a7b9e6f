using AdversarialKit.Tests.Support;
using AdversarialKit.Tests.Training;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Performance;

public sealed class ChooseThreadsTests : IDisposable
{
    private static readonly TorchTuningOptions _nothing = new() { Waiting = false, Allocator = false, Float32Products = false, Threads = false };
    private readonly CheckpointFolder _folder = new();

    public ChooseThreadsTests() => set_num_threads(2);

    public void Dispose()
    {
        set_num_threads(1);
        _folder.Dispose();
    }

    [Theory]
    [InlineData("fused", 0)]
    [InlineData("fused", 3)]
    [InlineData("torch", 0)]
    [InlineData("torch", 3)]
    public void ChooseThreads_AGanWithEveryKindOfState_DoesNotMoveItByAByte(string optimizer, long iterations)
    {
        using var rich = new RichGan(Sampling.Shuffled, TrainingProcess.Optimizer(optimizer));
        if (iterations > 0)
        {
            rich.TrainTo(iterations);
        }

        var before = Everything(rich, "before");

        using (var tuning = TorchTuning.Apply(_nothing))
        {
            tuning.ChooseThreads(rich.Gan, Real(), Real());
        }

        Everything(rich, "after").Should().Be(before);
    }

    [Fact]
    public void ChooseThreads_BeforeARun_LeavesItsBits()
    {
        set_num_threads(1);
        using var alone = new RichGan(Sampling.Shuffled);
        var expected = alone.TrainTo(6);
        var digest = alone.Digest();
        using var rich = new RichGan(Sampling.Shuffled);
        set_num_threads(2);

        using var tuning = TorchTuning.Apply(_nothing);
        tuning.ChooseThreads(rich.Gan, Real(), Real());
        set_num_threads(1);

        rich.TrainTo(6).Should().Equal(expected);
        rich.Digest().Should().Be(digest);
    }

    // What the time of a real iteration comes to is the machine's business of the moment; ThreadCountTests give times and test the choice.
    [Fact]
    public void ChooseThreads_ByARealIteration_DoesWhatItSaysUntilDisposed()
    {
        using var rich = new RichGan(Sampling.Shuffled);
        set_num_threads(2);
        var tuning = TorchTuning.Apply(_nothing);

        var outcome = tuning.ChooseThreads(rich.Gan, Real(), Real());

        outcome.Setting.Should().Be(TuningSetting.Threads);
        outcome.Explanation.Should().MatchRegex(outcome.Changed
            ? @"^An iteration takes 1 instead of 2 threads, and \d\.\d\d of the time\.$"
            : "2");
        tuning.Outcomes.Should().Equal(outcome);
        get_num_threads().Should().Be(outcome.Changed ? 1 : 2);
        tuning.Dispose();
        get_num_threads().Should().Be(2);
    }

    [Fact]
    public void ChooseThreads_ABatchThatDoesNotFit_SaysSoAndPutsEverythingBack()
    {
        using var rich = new RichGan(Sampling.Shuffled);
        var before = Everything(rich, "before");
        using var tuning = TorchTuning.Apply(_nothing);

        var choose = () => tuning.ChooseThreads(rich.Gan, Real());

        choose.Should().Throw<ArgumentException>().WithMessage("An iteration of this GAN makes 2 discriminator steps and needs as many real batches, but got 1.*");
        get_num_threads().Should().Be(2);
        Everything(rich, "after").Should().Be(before);
    }

    [Fact]
    public void ChooseThreads_Disposed_Refuses()
    {
        using var rich = new RichGan(Sampling.Shuffled);
        var tuning = TorchTuning.Apply(_nothing);
        tuning.Dispose();

        var choose = () => tuning.ChooseThreads(rich.Gan, Real(), Real());

        choose.Should().Throw<ObjectDisposedException>().Which.ObjectName.Should().Be(typeof(TorchTuning).FullName);
    }

    [Fact]
    public void ChooseThreads_WithoutAGan_Refuses()
    {
        using var tuning = TorchTuning.Apply(_nothing);

        var choose = () => tuning.ChooseThreads(null!);

        choose.Should().Throw<ArgumentNullException>().WithParameterName("gan");
    }

    private static Batch Real()
    {
        using var random = new Generator(12);
        return rand([6, 3, 8, 8], generator: random);
    }

    /// <summary>Gradients, counters, rates, torch's randomness and all that a checkpoint holds.</summary>
    private string Everything(RichGan rich, string name)
    {
        using var scope = NewDisposeScope();
        using var state = random.get_rng_state();
        var path = rich.Gan.SaveCheckpoint(_folder[name], batches: rich.Batches);
        var files = Directory.GetFiles(path, "*.safetensors").Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}");
        var rates = rich.Gan.Parts.GeneratorOptimizer.ParamGroups.Concat(rich.Gan.Parts.DiscriminatorOptimizer.ParamGroups).Select(group => $"{group.LearningRate:R}");
        return string.Join('\n', files.Concat(rates).Append($"{rich.Gan.Iteration} {rich.Gan.SamplesSeen}")
            .Append($"{Snapshot.Of(rich.Generator)}{Snapshot.Of(rich.Discriminator)}{Snapshot.Digest([("torch", state)])}"));
    }
}
