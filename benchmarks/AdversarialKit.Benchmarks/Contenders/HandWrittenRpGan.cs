namespace AdversarialKit.Benchmarks;

internal sealed class HandWrittenRpGan(Workload workload) : HandWrittenLoop(workload, 0, 0.99)
{
    protected override void Train()
    {
        var real = NextReal();
        var loss = TrainDiscriminator(real, FakesInTrainingMode());

        GeneratorOptimizer.zero_grad();
        var onFake = Discriminator.call(Generator.call(Noise()));
        var generatorLoss = nn.functional.softplus(Discriminator.call(real) - onFake).mean();
        generatorLoss.backward();
        GeneratorOptimizer.step();
        LastLoss = loss + generatorLoss.item<float>();
    }

    private float TrainDiscriminator(Tensor real, Tensor fakes)
    {
        DiscriminatorOptimizer.zero_grad();
        real = real.detach().requires_grad_(true);
        fakes = fakes.detach().requires_grad_(true);
        var onReal = Discriminator.call(real);
        var onFake = Discriminator.call(fakes);
        var r1 = SquaredGradient(onReal, real);
        var r2 = SquaredGradient(onFake, fakes);
        var adversarial = nn.functional.softplus(onFake - onReal).mean();
        var loss = adversarial + (r1 + r2) / 2;
        loss.backward();
        DiscriminatorOptimizer.step();
        return adversarial.item<float>() + r1.item<float>() + r2.item<float>();
    }

    private static Tensor SquaredGradient(Tensor output, Tensor input) =>
        autograd.grad([output.sum()], [input], create_graph: true, retain_graph: true)[0].flatten(1).pow(2).sum(1).mean();
}
