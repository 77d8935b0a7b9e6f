namespace AdversarialKit.Benchmarks;

internal sealed class HandWrittenWganGp(Workload workload) : HandWrittenLoop(workload, 0, 0.9, 1e-4)
{
    protected override void Train()
    {
        var measured = 0f;
        for (var i = 0; i < Workload.CriticSteps; i++)
        {
            measured += TrainCritic();
        }

        GeneratorOptimizer.zero_grad();
        var loss = -Discriminator.call(Generator.call(Noise())).mean();
        loss.backward();
        GeneratorOptimizer.step();
        LastLoss = measured + loss.item<float>();
    }

    private float TrainCritic()
    {
        var real = NextReal();
        var fakes = FakesInTrainingMode();

        DiscriminatorOptimizer.zero_grad();
        var onReal = Discriminator.call(real).mean();
        var onFake = Discriminator.call(fakes).mean();
        var penalty = Penalty(real, fakes);
        var loss = onFake - onReal + 10 * penalty;
        loss.backward();
        DiscriminatorOptimizer.step();
        return loss.item<float>() + penalty.item<float>();
    }

    private Tensor Penalty(Tensor real, Tensor fakes)
    {
        var points = lerp(real, fakes, rand(Workload.Batch, 1, 1, 1)).requires_grad_(true);
        var gradient = autograd.grad([Discriminator.call(points).sum()], [points], create_graph: true, retain_graph: true)[0];
        return (gradient.flatten(1).norm(1) - 1).pow(2).mean();
    }
}
