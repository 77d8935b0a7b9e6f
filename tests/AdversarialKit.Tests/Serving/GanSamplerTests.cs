using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Serving;

public sealed class GanSamplerTests : IDisposable
{
    private readonly ServedToy _toy = new();

    public void Dispose() => _toy.Dispose();

    [Fact]
    public void FromCheckpoint_TakesTheAveragedWeights()
    {
        using var sampler = _toy.Open(ServedToy.Apart);
        using var latents = sampler.DrawLatents(6, seed: 3);

        ServedToy.DigestOf(sampler.Generate(latents)).Should().Be(ServedToy.DigestOf(_toy.Gan.Generate(latents)));
        ServedToy.DigestOf(sampler.Generate(latents)).Should().NotBe(ServedToy.DigestOf(_toy.Gan.Generate(latents, GeneratorWeights.Live)));
        (sampler.Iteration, sampler.Checkpoint, sampler.Truncates).Should().Be((5, _toy.Gan.Checkpoint, false));
    }

    [Fact]
    public void FromGan_IsACopyThatTrainingDoesNotReach()
    {
        using var sampler = GanSampler.FromGan(_toy.Gan, Toy.Generator, ServedToy.Apart);
        using var latents = sampler.DrawLatents(6, seed: 3);
        var before = ServedToy.DigestOf(sampler.Generate(latents));
        before.Should().Be(ServedToy.DigestOf(_toy.Gan.Generate(latents)));

        _toy.Train(3);

        ServedToy.DigestOf(sampler.Generate(latents)).Should().Be(before);
        (sampler.Reload(), sampler.Reload(), sampler.Iteration, sampler.Checkpoint).Should().Be((true, false, 8, null));
        ServedToy.DigestOf(sampler.Generate(latents)).Should().Be(ServedToy.DigestOf(_toy.Gan.Generate(latents))).And.NotBe(before);
    }

    /// <summary>Also torch's shared randomness, from which the modules of the sampler draw their first weights.</summary>
    [Fact]
    public void FromGan_LeavesNoTraceInTheRun()
    {
        using var undisturbed = new ServedToy();
        random.manual_seed(5);
        undisturbed.Train(3);
        using var other = new ServedToy();
        random.manual_seed(5);
        using var expected = random.get_rng_state().clone();

        using (var sampler = GanSampler.FromGan(other.Gan, Toy.Generator))
        {
            sampler.Sample(5).Dispose();
            other.Train(3);
            sampler.Reload().Should().BeTrue();
        }

        using var state = random.get_rng_state();
        state.bytes.SequenceEqual(expected.bytes).Should().BeTrue();
    }

    [Fact]
    public void Sample_SameSeed_SameBits()
    {
        using var sampler = _toy.Open();

        var first = ServedToy.DigestOf(sampler.Sample(10, seed: 1));

        ServedToy.DigestOf(sampler.Sample(10, seed: 1)).Should().Be(first);
        ServedToy.DigestOf(sampler.Sample(10, seed: 2)).Should().NotBe(first);
        ServedToy.DigestOf(sampler.Sample(10)).Should().NotBe(ServedToy.DigestOf(sampler.Sample(10)));
    }

    [Fact]
    public void Sample_OfATrainedBatchNorm_UsesItsStatisticsForOneSampleToo()
    {
        using var sampler = _toy.Open();
        using var latents = sampler.DrawLatents(64, seed: 1);
        using var together = sampler.Generate(latents);

        using var scope = NewDisposeScope();
        var alone = cat([.. Enumerable.Range(0, 64).Select(i => sampler.Generate(latents.narrow(0, i, 1)))]);

        alone.isfinite().all().ToBoolean().Should().BeTrue();
        ServedToy.DigestOf(alone).Should().Be(ServedToy.DigestOf(together), "this generator's rows may share batches");
    }

    [Fact]
    public void Sample_MoreThanABatchHolds_ComesInOnePiece()
    {
        using var sampler = _toy.Open(new GanSamplerOptions { LargestBatch = 8, Threads = 3 });
        using var latents = sampler.DrawLatents(1_001, seed: 1);

        using var samples = sampler.Generate(latents);

        samples.shape.Should().Equal(1_001, 6);
        samples.requires_grad.Should().BeFalse();
        ServedToy.DigestOf(samples.alias()).Should().Be(ServedToy.DigestOf(sampler.Sample(1_001, seed: 1)));
    }

    [Fact]
    public void Sample_InAScope_IsDisposedWithIt()
    {
        using var sampler = _toy.Open();
        Tensor samples;

        using (NewDisposeScope())
        {
            samples = sampler.Sample(3);
        }

        samples.IsInvalid.Should().BeTrue();
    }

    [Fact]
    public async Task SampleAsync_Cancelled_EndsAndTheNextIsServed()
    {
        using var sampler = _toy.Open(new GanSamplerOptions { Threads = 1 });
        using var cancel = new CancellationTokenSource();
        var long1 = sampler.SampleAsync(2_000_000, cancellationToken: cancel.Token);

        await cancel.CancelAsync();

        await FluentActions.Awaiting(() => long1).Should().ThrowAsync<OperationCanceledException>();
        using var next = await sampler.SampleAsync(2);
        next.shape.Should().Equal(2, 6);
    }

    [Fact]
    public async Task Dispose_RequestsUnderWay_AreAnswered()
    {
        var sampler = _toy.Open(new GanSamplerOptions { Threads = 1 });
        var requests = Enumerable.Range(0, 50).Select(i => sampler.SampleAsync(200, seed: i)).ToList();

        sampler.Dispose();

        foreach (var request in requests)
        {
            using var samples = await request;
            samples.isfinite().all().ToBoolean().Should().BeTrue();
        }

        FluentActions.Invoking(() => sampler.Sample(1)).Should().Throw<ObjectDisposedException>().Which.ObjectName.Should().Be(typeof(GanSampler).FullName);
        sampler.Dispose();
    }
}
