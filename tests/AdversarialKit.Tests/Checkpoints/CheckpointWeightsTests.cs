using AdversarialKit.Tests.Training;

namespace AdversarialKit.Tests;

public sealed class CheckpointWeightsTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LoadGenerator_ForInference_LeavesInferenceMode(bool preferAverage)
    {
        using var rich = new RichGan(Sampling.Shuffled);
        rich.TrainTo(1, new CheckpointOptions { Directory = _folder.Path });
        using var other = new RichGan(Sampling.Shuffled, seed: 3);

        CheckpointWeights.LoadGenerator(_folder.Path, other.Generator, preferAverage);

        other.Generator.modules().Prepend(other.Generator).Should().OnlyContain(module => !module.training);
    }

    [Fact]
    public void LoadGenerator_ThatDoesNotFit_LeavesTheModeAlone()
    {
        using var rich = new RichGan(Sampling.Shuffled);
        rich.TrainTo(1, new CheckpointOptions { Directory = _folder.Path });
        using var generator = Support.Toy.Generator();

        var load = () => CheckpointWeights.LoadGenerator(_folder.Path, generator);

        load.Should().Throw<CheckpointException>();
        generator.training.Should().BeTrue();
    }
}
