using System.Text.Json.Nodes;
using MnistGan;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class JudgeTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Train_BelowWhatIsNeeded_IsRefused()
    {
        using var data = TinyJudge.Data();
        var training = new JudgeTraining(TinyJudge.Settings with { Epochs = 1, LearningRate = 0 }, new StatusLine(_world.Around));

        FluentActions.Invoking(() => training.Train(data, CancellationToken.None)).Should().Throw<UserErrorException>()
            .WithMessage("The judge names *.?? % of the test set rightly, but must reach 50.00 % to judge others.");
    }

    [Fact]
    public void RefuseBelow_JustEnough_IsServed()
    {
        JudgeTraining.RefuseBelow(0.99, 0.99);

        FluentActions.Invoking(() => JudgeTraining.RefuseBelow(0.99, 0.98988)).Should().Throw<UserErrorException>()
            .WithMessage("The judge names 98.99 % of the test set rightly, but must reach 99.00 % to judge others.");
        FluentActions.Invoking(() => JudgeTraining.RefuseBelow(0.99, double.NaN)).Should().Throw<UserErrorException>();
    }

    [Fact]
    public void Read_WhatWasSaved_SeesTheSame()
    {
        using var data = TinyJudge.Data();
        using var judge = new JudgeTraining(TinyJudge.Settings, new StatusLine(_world.Around)).Train(data, CancellationToken.None);
        var file = new JudgeFile(_world.Folder, "judge");
        judge.Save(file);

        using var read = file.Read(TinyJudge.Settings.LeastAccuracy);

        using var scope = NewDisposeScope();
        var (features, probabilities) = judge.Look(data.Test.Images);
        var (again, likewise) = read.Look(data.Test.Images);
        features.shape.Should().Equal(200, 128);
        probabilities.shape.Should().Equal(200, 10);
        again.Equals(features).Should().BeTrue();
        likewise.Equals(probabilities).Should().BeTrue();
        read.Figures.Should().BeEquivalentTo(judge.Figures);
    }

    [Fact]
    public void Train_TheSameTwice_GivesTheSameJudge()
    {
        var first = TinyJudge.Store(_world).Read(0);
        var second = TinyJudge.Store(_world).Read(0);

        using (first)
        using (second)
        {
            second.Figures.CheckValues.Should().Equal(first.Figures.CheckValues);
        }
    }

    [Fact]
    public void Read_UntrainedWeights_IsRefused()
    {
        var file = TinyJudge.Store(_world);
        using var random = new torch.Generator(3);
        using (var untrained = new JudgeNetwork(random))
        {
            Safetensors.Save(file.Weights, untrained.State());
        }

        Refusal(file).Should().Match(
            $"The judge '{file.Weights}' is not the one that was trained: its weights miss the check values that were stored with them by * "
            + "(allowed: 0.001). Delete the file, and the judge is trained anew.");
    }

    [Fact]
    public void Read_WeightsOfAnotherNetwork_IsRefused()
    {
        var file = TinyJudge.Store(_world);
        using (var other = ones(2, 2))
        {
            Safetensors.Save(file.Weights, new Dictionary<string, Tensor> { ["weight"] = other });
        }

        Refusal(file).Should().Be(
            $"The judge '{file.Weights}' is not the one that was trained: its weights have no Float32 [16, 1, 3, 3] named 'body.0.weight', "
            + "so they are another network's. Delete the file, and the judge is trained anew.");
    }

    [Fact]
    public void Read_CutWeights_IsRefused()
    {
        var file = TinyJudge.Store(_world);
        File.WriteAllBytes(file.Weights, File.ReadAllBytes(file.Weights)[..1000]);

        Refusal(file).Should().Be(
            $"The judge '{file.Weights}' is not the one that was trained: its weights are missing or broken. Delete the file, and the judge is trained anew.");
    }

    [Theory]
    [InlineData(null, "its figures in '{0}' are missing or broken")]
    [InlineData("{", "its figures in '{0}' are missing or broken")]
    [InlineData("{}", "'{0}' lacks the check values")]
    public void Read_WithoutFigures_IsRefused(string? json, string reason)
    {
        var file = TinyJudge.Store(_world);
        File.Delete(file.Notes);
        if (json is not null)
        {
            File.WriteAllText(file.Notes, json);
        }

        Refusal(file).Should().Be(
            $"The judge '{file.Weights}' is not the one that was trained: {string.Format(null, reason, file.Notes)}. Delete the file, and the judge is trained anew.");
    }

    [Fact]
    public void Read_StoredBelowWhatIsNeeded_IsRefused()
    {
        var file = TinyJudge.Store(_world);
        var figures = JsonNode.Parse(File.ReadAllText(file.Notes))!;
        figures["accuracy"] = 0.25;
        File.WriteAllText(file.Notes, figures.ToJsonString());

        Refusal(file).Should().Be("The judge names 25.00 % of the test set rightly, but must reach 50.00 % to judge others.");
    }

    [Fact]
    public void Data_ComparedUnseenAndLearned_ShareNoImage()
    {
        using var data = TinyJudge.Data();

        using var scope = NewDisposeScope();
        var (compared, unseen) = (data.Compared(), data.Unseen());
        var learned = data.Learned().data<long>().ToArray();
        compared.shape.Should().Equal(200, 28, 28);
        unseen.shape.Should().Equal(200, 28, 28);
        learned.Should().HaveCount(800).And.OnlyContain(i => i / 2 % 6 >= 2 && i < 1200).And.OnlyHaveUniqueItems();
        compared[3].Equals(data.Training.Images[13]).Should().BeTrue();
        unseen[3].Equals(data.Training.Images[15]).Should().BeTrue();
    }

    [Fact]
    public void Data_EveryShare_HoldsAsManyImagesOfEvenAsOfOddPlaces()
    {
        using var data = TinyJudge.Data();

        using var scope = NewDisposeScope();
        data.Learned().remainder(2).sum().ToInt64().Should().Be(400);
    }

    private static string Refusal(JudgeFile file) =>
        FluentActions.Invoking(() => file.Read(TinyJudge.Settings.LeastAccuracy)).Should().Throw<UserErrorException>().Which.Message;
}
