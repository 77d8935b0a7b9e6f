namespace AdversarialKit.Benchmarks;

/// <summary>One update of each network on a loss without penalties, as written by hand.</summary>
internal sealed class HandWrittenLosses(Workload workload) : HandWrittenLoop(workload, 0.5, 0.999)
{
    protected override void Train()
    {
        var real = NextReal();
        var fakes = FakesInTrainingMode();

        DiscriminatorOptimizer.zero_grad();
        var onReal = Discriminator.call(real);
        var onFake = Discriminator.call(fakes);
        var loss = DiscriminatorLoss(onReal, onFake);
        loss.backward();
        DiscriminatorOptimizer.step();

        GeneratorOptimizer.zero_grad();
        var generatorLoss = GeneratorLoss(real, Discriminator.call(Generator.call(Noise())));
        generatorLoss.backward();
        GeneratorOptimizer.step();

        var accuracy = (ShareAbove(onReal, 0) + 1 - ShareAbove(onFake, 0)) / 2;
        LastLoss = loss.item<float>() + generatorLoss.item<float>() + accuracy;
    }

    private Tensor DiscriminatorLoss(Tensor real, Tensor fake) => Workload.Recipe switch
    {
        Recipe.Hinge => nn.functional.relu(1 - real).mean() + nn.functional.relu(1 + fake).mean(),
        Recipe.LeastSquares => (((real - 1).pow(2).mean() + fake.pow(2).mean()) * 0.5),
        Recipe.RaGan => nn.functional.softplus(-(real - fake.mean())).mean() + nn.functional.softplus(fake - real.mean()).mean(),
        _ => nn.functional.softplus(-real).mean() + nn.functional.softplus(fake).mean(),
    };

    private Tensor GeneratorLoss(Tensor real, Tensor fake)
    {
        switch (Workload.Recipe)
        {
            case Recipe.Hinge:
                return -fake.mean();
            case Recipe.LeastSquares:
                return (fake - 1).pow(2).mean() * 0.5;
            case Recipe.RaGan:
                var onReal = JudgeWithoutGraph(real);
                return nn.functional.softplus(-(fake - onReal.mean())).mean() + nn.functional.softplus(onReal - fake.mean()).mean();
            default:
                return nn.functional.softplus(-fake).mean();
        }
    }

    private Tensor JudgeWithoutGraph(Tensor real)
    {
        using var noGraph = no_grad();
        return Discriminator.call(real);
    }
}
