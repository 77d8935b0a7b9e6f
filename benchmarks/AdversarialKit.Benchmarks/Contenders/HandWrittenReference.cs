namespace AdversarialKit.Benchmarks;

internal sealed class HandWrittenReference(Workload workload) : HandWrittenLoop(workload, 0.5, 0.999)
{
    protected override void Train()
    {
        var real = NextReal();
        var fakes = FakesInInferenceMode();

        DiscriminatorOptimizer.zero_grad();
        var onReal = Discriminator.call(real);
        var realLoss = nn.functional.binary_cross_entropy(onReal, Ones);
        realLoss.backward();
        DiscriminatorOptimizer.step();

        DiscriminatorOptimizer.zero_grad();
        var onFake = Discriminator.call(fakes);
        var fakeLoss = nn.functional.binary_cross_entropy(onFake, Zeros);
        fakeLoss.backward();
        DiscriminatorOptimizer.step();

        GeneratorOptimizer.zero_grad();
        var loss = nn.functional.binary_cross_entropy(Discriminator.call(Generator.call(Noise())), Ones);
        loss.backward();
        GeneratorOptimizer.step();

        var accuracy = (ShareAbove(onReal, 0.5) + 1 - ShareAbove(onFake, 0.5)) / 2;
        LastLoss = (realLoss.item<float>() + fakeLoss.item<float>()) / 2 + loss.item<float>() + accuracy;
    }
}
