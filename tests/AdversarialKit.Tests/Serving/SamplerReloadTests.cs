using AdversarialKit.Tests.Support;

namespace AdversarialKit.Tests.Serving;

public sealed class SamplerReloadTests : IDisposable
{
    private readonly ServedToy _toy = new();

    public void Dispose() => _toy.Dispose();

    [Fact]
    public void Reload_NewerCheckpoint_ServesIt()
    {
        using var sampler = _toy.Open(ServedToy.Apart);
        using var latents = sampler.DrawLatents(5, seed: 1);
        sampler.Reload().Should().BeFalse("nothing is newer");

        _toy.Train(2);
        var newer = _toy.Save();

        (sampler.Reload(), sampler.Iteration, sampler.Checkpoint).Should().Be((true, 7, newer));
        ServedToy.DigestOf(sampler.Generate(latents)).Should().Be(ServedToy.DigestOf(_toy.Gan.Generate(latents)));
    }

    /// <summary>Every answer is of one state of the generator, and none is late or lost.</summary>
    [Fact]
    public void Reload_UnderRequests_DropsNone()
    {
        using var sampler = _toy.Open(new GanSamplerOptions { Threads = 2, LargestBatch = 16 });
        string Now() => ServedToy.DigestOf(sampler.Sample(40, seed: 1));
        var states = new HashSet<string> { Now() };
        var given = new System.Collections.Concurrent.ConcurrentBag<string>();
        using var ended = new ManualResetEventSlim();
        var callers = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            while (!ended.IsSet)
            {
                given.Add(Now());
            }
        })).ToList();
        callers.ForEach(caller => caller.Start());

        for (var i = 0; i < 10; i++)
        {
            _toy.Train(1);
            _toy.Save();
            sampler.Reload().Should().BeTrue();
            states.Add(Now());
        }

        ended.Set();
        callers.ForEach(caller => caller.Join());
        states.Should().HaveCount(11);
        given.Should().NotBeEmpty();
        given.Distinct().Should().BeSubsetOf(states);
    }

    [Fact]
    public void Reload_FaultyCheckpoint_ServesOnAndSaysSo()
    {
        using var sampler = _toy.Open();
        var before = ServedToy.DigestOf(sampler.Sample(5, seed: 1));
        _toy.Train(1);
        var file = Path.Combine(_toy.Save(), "average.safetensors");
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^1]);

        FluentActions.Invoking(sampler.Reload).Should().Throw<CheckpointException>().Which.FilePath.Should().Be(file);

        sampler.ReloadFault.Should().BeOfType<CheckpointException>();
        ServedToy.DigestOf(sampler.Sample(5, seed: 1)).Should().Be(before);
        _toy.Train(1);
        _toy.Save();
        sampler.Reload().Should().BeTrue();
        sampler.ReloadFault.Should().BeNull();
    }

    [Fact]
    public void ReloadInterval_NewerCheckpoint_IsServedByItself()
    {
        var logger = new CollectingLogger(Microsoft.Extensions.Logging.LogLevel.Information);
        using var sampler = _toy.Open(new GanSamplerOptions { ReloadInterval = TimeSpan.FromMilliseconds(10), LoggerFactory = logger });
        _toy.Train(1);
        _toy.Save();

        SpinWait.SpinUntil(() => sampler.Iteration == 6, TimeSpan.FromSeconds(30)).Should().BeTrue();

        sampler.Sample(2).Dispose();
    }

    [Fact]
    public void Reload_DisposedGan_SaysSoAndServesOn()
    {
        using var toy = new ServedToy();
        using var sampler = GanSampler.FromGan(toy.Gan, Toy.Generator);
        toy.Train(1);
        toy.Gan.Dispose();

        FluentActions.Invoking(sampler.Reload).Should().Throw<ObjectDisposedException>().Which.ObjectName.Should().Be(typeof(Gan).FullName);

        sampler.Sample(2).Dispose();
    }
}
