namespace AdversarialKit.Benchmarks;

/// <summary>The translators, then one discriminator, then the other. The pools of past fakes are the library's.</summary>
internal sealed class HandWrittenCycleGan : IFamilyLoop
{
    private readonly CycleGanNetworks _networks = new();
    private readonly FakeHistory _pastA = new(CycleGanNetworks.PoolSize);
    private readonly FakeHistory _pastB = new(CycleGanNetworks.PoolSize);
    private readonly Generator _random = new(FamilyLoop.Seed);
    private readonly RealImages _images;
    private readonly optim.Optimizer _ofTranslators;
    private readonly optim.Optimizer _ofA;
    private readonly optim.Optimizer _ofB;

    public HandWrittenCycleGan(Workload workload)
    {
        _images = new RealImages(workload);
        _ofTranslators = optim.Adam(_networks.ToB.parameters().Concat(_networks.ToA.parameters()).ToArray(), 2e-4, 0.5, 0.999);
        _ofA = optim.Adam(_networks.OnA.parameters().ToArray(), 2e-4, 0.5, 0.999);
        _ofB = optim.Adam(_networks.OnB.parameters().ToArray(), 2e-4, 0.5, 0.999);
    }

    public IReadOnlyList<double> Numbers { get; private set; } = [];

    public void Iterate()
    {
        using var scope = NewDisposeScope();
        var a = _images.Next();
        var b = _images.Next();

        _ofTranslators.zero_grad();
        var fakeB = _networks.ToB.call(a);
        var fakeA = _networks.ToA.call(b);
        var adversarial = (_networks.OnB.call(fakeB) - 1).square().mean() + (_networks.OnA.call(fakeA) - 1).square().mean();
        var cycle = (_networks.ToA.call(fakeB) - a).abs().mean() + (_networks.ToB.call(fakeA) - b).abs().mean();
        var loss = adversarial + cycle * CycleGanNetworks.WeightOfCycles;
        loss.backward();
        _ofTranslators.step();

        var onA = Tell(_networks.OnA, _ofA, a, _pastA, fakeA.detach());
        var onB = Tell(_networks.OnB, _ofB, b, _pastB, fakeB.detach());
        Numbers = [adversarial.item<float>(), cycle.item<float>(), loss.item<float>(), onA.item<float>(), onB.item<float>()];
    }

    public void Dispose()
    {
        _ofTranslators.Dispose();
        _ofA.Dispose();
        _ofB.Dispose();
        _pastA.Dispose();
        _pastB.Dispose();
        _random.Dispose();
        _images.Dispose();
        _networks.Dispose();
    }

    private Tensor Tell(nn.Module<Tensor, Tensor> judge, optim.Optimizer optimizer, Tensor real, FakeHistory past, Tensor fake)
    {
        optimizer.zero_grad();
        var loss = (judge.call(real) - 1).square().mean() * 0.5 + judge.call(past.Exchange(fake, _random)).square().mean() * 0.5;
        loss.backward();
        optimizer.step();
        return loss;
    }
}
