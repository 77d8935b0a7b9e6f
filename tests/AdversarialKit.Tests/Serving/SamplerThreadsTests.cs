using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Serving;

/// <summary>Many callers at once.</summary>
public sealed class SamplerThreadsTests
{
    private const int Threads = 16;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sample_SixteenThreads_EachGetsTheBitsOfItsSeed(bool apart)
    {
        using var toy = new ServedToy();
        using var sampler = toy.Open(new GanSamplerOptions { Threads = 4, KeepsRequestsApart = apart });
        string Of(int seed) => ServedToy.DigestOf(sampler.Sample(1 + (seed % 90), seed: seed));
        var expected = Enumerable.Range(0, Threads * 20).Select(Of).ToList();
        var given = new string[expected.Count];

        Parallel.For(0, given.Length, new ParallelOptions { MaxDegreeOfParallelism = Threads }, i => given[i] = Of(i));

        given.Should().Equal(expected);
        sampler.BatchSizes.AreShared.Should().Be(!apart);
    }

    [Fact]
    public void Sample_WhileItsGanTrains_GivesTheBitsOfItsCopy()
    {
        using var toy = new ServedToy();
        using var sampler = GanSampler.FromGan(toy.Gan, Toy.Generator, new GanSamplerOptions { Threads = 2 });
        var expected = ServedToy.DigestOf(sampler.Sample(7, seed: 1));
        using var ended = new ManualResetEventSlim();
        var training = new Thread(() =>
        {
            while (!ended.IsSet)
            {
                toy.Train(1);
            }
        });
        training.Start();

        var given = Enumerable.Range(0, 300).Select(_ => ServedToy.DigestOf(sampler.Sample(7, seed: 1))).Distinct().ToList();

        ended.Set();
        training.Join();
        given.Should().Equal(expected);
    }

    [Fact]
    public void Threads_OfASampler_DoNotChangeTheNumberThatOthersHave()
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(3);
            using var toy = new ServedToy();
            using var sampler = toy.Open(new GanSamplerOptions { Threads = 4 });
            sampler.Sample(3).Dispose();
            var later = 0;
            var thread = new Thread(() => later = get_num_threads());
            thread.Start();
            thread.Join();

            (get_num_threads(), later).Should().Be((3, 3));
            TorchThread.Run("probe", () =>
            {
                using var made = rand(300, 300).mm(rand(300, 300));
                return get_num_threads();
            }).Should().Be(1);
        }
        finally
        {
            set_num_threads(before);
        }
    }
}
