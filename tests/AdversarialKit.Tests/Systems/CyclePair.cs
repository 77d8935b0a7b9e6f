using AdversarialKit.Tests.Support;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Systems;

/// <summary>A system of four networks with batch normalization and spectral normalization inside: two generators, two discriminators, histories, averages, schedules, lazy terms.</summary>
internal sealed class CyclePair : IDisposable
{
    public const int Size = 6;

    public CyclePair(int seed = 3, Action<StepContext>? inGenerators = null, long systemSeed = 5)
    {
        random.manual_seed(seed);
        (ToB, ToA) = (Generator(), Generator());
        (OnA, OnB) = (Discriminator(), Discriminator());
        System = new AdversarialSystemBuilder()
            .WithNetwork("to-b", ToB).WithNetwork("to-a", ToA).WithNetwork("on-a", OnA).WithNetwork("on-b", OnB)
            .WithTensor("a", Size).WithTensor("b", Size)
            .WithPiece("past-a", PastA).WithPiece("past-b", PastB)
            .WithAverage(ToB, Ema.Decay(0.9)).WithAverage(ToA, Ema.HalfLife(20))
            .WithStep("generators", step => step
                .Trains(ToB, ToA).Sees(OnA, OnB)
                .WithOptimizer(Optimizers.Adam(1e-2)).WithLearningRate(Schedule.Linear(100))
                .Minimizes(c =>
                {
                    var (fakeB, fakeA) = (c.Forward(ToB, c["a"]), c.Forward(ToA, c["b"]));
                    c.Share("fake a", fakeA);
                    c.Share("fake b", fakeB);
                    c.Add("adversarial", (c.Forward(OnB, fakeB) - 1).square().mean() + (c.Forward(OnA, fakeA) - 1).square().mean());
                    c.Add("cycle", (c.Forward(ToA, fakeB) - c["a"]).abs().mean() + (c.Forward(ToB, fakeA) - c["b"]).abs().mean(), weight: 10);
                    c.AddEvery(3, "size", () => fakeA.square().mean(), weight: 0.1);
                    inGenerators?.Invoke(c);
                }))
            .WithStep("on-a", step => step.Trains(OnA).WithOptimizer(Optimizers.Adam(1e-2)).WithLearningRate(Schedule.Linear(80)).Minimizes(c => Judge(c, OnA, c["a"], PastA, c["fake a"])))
            .WithStep("on-b", step => step.Trains(OnB).WithOptimizer(Optimizers.Adam(1e-2)).Minimizes(c => Judge(c, OnB, c["b"], PastB, c["fake b"])))
            .WithSampler(c => ToB.call(randn(c.Count, Size, generator: c.Random)).tanh().view(c.Count, 1, 2, 3))
            .WithSeed(systemSeed)
            .Build();
    }

    public Sequential ToB { get; }

    public Sequential ToA { get; }

    public Sequential OnA { get; }

    public Sequential OnB { get; }

    public FakeHistory PastA { get; } = new(8);

    public FakeHistory PastB { get; } = new(8);

    public AdversarialSystem System { get; }

    public string Fingerprint => string.Concat(System.Networks.Select(network => network.Fingerprint()));

    /// <summary>Every bit that a run carries along and that shows in a process: networks, past fakes, averaged weights, and what is drawn next.</summary>
    public string Digest()
    {
        using var scope = NewDisposeScope();
        var past = new[] { PastA, PastB }.SelectMany(history => Enumerable.Range(0, history.Count).Select(history.Copy));
        return Fingerprint + "\n" + Snapshot.Digest(past.Append(System.Sample(3)).Append(System.Infer(() => ToA.call(ones(2, Size)))).Append(rand(3)).Select((t, i) => ($"{i}", (Tensor?)t)));
    }

    public static Batch Batch(int index, long count = 4)
    {
        using var random = new Generator((ulong)(100 + index));
        return AdversarialKit.Batch.Of(("a", randn(count, Size, generator: random)), ("b", randn(count, Size, generator: random) + 1));
    }

    public void Dispose()
    {
        System.Dispose();
        ToB.Dispose();
        ToA.Dispose();
        OnA.Dispose();
        OnB.Dispose();
    }

    private static void Judge(StepContext c, Sequential discriminator, Tensor real, FakeHistory past, Tensor fake)
    {
        var shown = past.Exchange(fake, c.Random);
        c.Add("real", (c.Forward(discriminator, real) - 1).square().mean(), 0.5);
        c.Add("fake", c.Forward(discriminator, shown).square().mean(), 0.5);
        c.AddPenalty("r1", Penalty.R1(), x => c.Forward(discriminator, x), real, shown, weight: 0.1, interval: 2);
    }

    private static Sequential Generator() => nn.Sequential(
        nn.Linear(Size, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Dropout(0.1), nn.Linear(12, Size));

    private static Sequential Discriminator() => nn.Sequential(
        SpectralNorm.Linear(Size, 12), nn.LeakyReLU(0.2), new MovingBufferLayer(), nn.Linear(12, 1));
}
