namespace AdversarialKit.Benchmarks;

internal sealed class LibraryCycleGan : IFamilyLoop
{
    private readonly CycleGanNetworks _networks = new();
    private readonly FakeHistory _pastA = new(CycleGanNetworks.PoolSize);
    private readonly FakeHistory _pastB = new(CycleGanNetworks.PoolSize);
    private readonly RealImages _images;
    private readonly AdversarialSystem _system;
    private IterationResult? _last;

    public LibraryCycleGan(Workload workload)
    {
        _images = new RealImages(workload);
        var (toB, toA, onA, onB) = (_networks.ToB, _networks.ToA, _networks.OnA, _networks.OnB);
        _system = new AdversarialSystemBuilder()
            .WithNetwork("to-b", toB).WithNetwork("to-a", toA).WithNetwork("on-a", onA).WithNetwork("on-b", onB)
            .WithTensor("a", workload.SampleShape).WithTensor("b", workload.SampleShape)
            .WithPiece("past-a", _pastA).WithPiece("past-b", _pastB)
            .WithStep("translators", step => step.Trains(toB, toA).Sees(onA, onB).WithOptimizer(Optimizers.Adam(2e-4, beta1: 0.5)).Minimizes(Translate))
            .WithStep("on-a", step => step.Trains(onA).WithOptimizer(Optimizers.Adam(2e-4, beta1: 0.5)).Minimizes(c => Tell(c, onA, c["a"], _pastA, c["fake a"])))
            .WithStep("on-b", step => step.Trains(onB).WithOptimizer(Optimizers.Adam(2e-4, beta1: 0.5)).Minimizes(c => Tell(c, onB, c["b"], _pastB, c["fake b"])))
            .WithSeed(FamilyLoop.Seed)
            .Build();
    }

    public IReadOnlyList<double> Numbers =>
        [_last!["translators"]["adversarial"], _last["translators"]["cycle"], _last["translators"].Loss, _last["on-a"].Loss, _last["on-b"].Loss];

    public void Iterate()
    {
        using var scope = NewDisposeScope();
        var a = _images.Next();
        _last = _system.TrainStep(Batch.Of(("a", a), ("b", _images.Next())));
    }

    public void Dispose()
    {
        _system.Dispose();
        _images.Dispose();
        _networks.Dispose();
    }

    private void Translate(StepContext c)
    {
        var fakeB = c.Forward(_networks.ToB, c["a"]);
        var (fakeA, backA) = c.ForwardTogether(_networks.ToA, c["b"], fakeB);
        c.Share("fake a", fakeA);
        c.Share("fake b", fakeB);
        c.Add("adversarial", (c.Forward(_networks.OnB, fakeB) - 1).square().mean() + (c.Forward(_networks.OnA, fakeA) - 1).square().mean());
        c.Add(
            "cycle",
            (backA - c["a"]).abs().mean() + (c.Forward(_networks.ToB, fakeA) - c["b"]).abs().mean(),
            CycleGanNetworks.WeightOfCycles);
    }

    private static void Tell(StepContext c, nn.Module<Tensor, Tensor> judge, Tensor real, FakeHistory past, Tensor fake)
    {
        var (onReal, onFake) = c.ForwardTogether(judge, real, past.Exchange(fake, c.Random));
        c.Add("real", (onReal - 1).square().mean(), 0.5);
        c.Add("fake", onFake.square().mean(), 0.5);
    }
}
