using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

/// <summary>A judge that is kept in a file, and whatever else may lie there.</summary>
public sealed class PictureJudgeFileTests : IDisposable
{
    private static readonly PictureJudgeOptions _quick = new() { Epochs = 3, BatchSize = 32 };

    private readonly PictureFolder _folder = new();
    private readonly ImageDataSet _digits = ImageDataSets.DrawnDigits(600, seed: 11);

    private string Weights => _folder["judge.safetensors"];

    private string Facts => _folder["judge.json"];

    public void Dispose()
    {
        _folder.Dispose();
        _digits.Dispose();
    }

    [Fact]
    public void Open_OtherWeights_AreRefused()
    {
        using (var kept = Open(_quick with { Epochs = 1 }))
        {
        }

        using var random = new torch.Generator(3);
        using (var untrained = new JudgeNetwork([1, 28, 28], JudgeTask.Of(_digits, _quick), random))
        {
            Safetensors.Save(Weights, untrained.State());
        }

        Refusal().Should().Match(
            $"The judge '{Weights}' is not the one that was trained: its weights miss the check values that were stored with them by * "
            + "(allowed: 0.001). Delete the file, and the judge is trained anew.");

        using (var other = ones(2, 2))
        {
            Safetensors.Save(Weights, new Dictionary<string, Tensor> { ["weight"] = other });
        }

        Refusal().Should().Be(
            $"The judge '{Weights}' is not the one that was trained: its weights have no Float32 [16, 1, 3, 3] named 'body.0.weight', "
            + "so they are another network's. Delete the file, and the judge is trained anew.");
        File.WriteAllBytes(Weights, File.ReadAllBytes(Weights)[..20]);
        Refusal().Should().Be(
            $"The judge '{Weights}' is not the one that was trained: its weights are missing or broken. Delete the file, and the judge is trained anew.");
    }

    [Fact]
    public void Open_AJudgeOfTurns_IsNotTakenForOneOfClasses()
    {
        using (var turns = Open(_quick with { Epochs = 1, LearnsClasses = false }))
        {
        }

        Refusal().Should().StartWith($"The judge '{Weights}' is not the one that was trained: its weights have no Float32 [10, 128] named 'head.weight'");
    }

    [Theory]
    [InlineData(null, "its figures in '{0}' are missing or broken")]
    [InlineData("{", "its figures in '{0}' are missing or broken")]
    [InlineData("{}", "'{0}' lacks the check values")]
    public void Open_WithoutFacts_IsRefused(string? json, string reason)
    {
        File.WriteAllBytes(Weights, [1]);
        if (json is not null)
        {
            File.WriteAllText(Facts, json);
        }

        Refusal().Should().Be(
            $"The judge '{Weights}' is not the one that was trained: {string.Format(null, reason, Facts)}. Delete the file, and the judge is trained anew.");
    }

    [Fact]
    public void Open_KeptBelowWhatIsNeeded_IsRefused()
    {
        using (var kept = Open(_quick with { Epochs = 1 }))
        {
        }

        var facts = JsonNode.Parse(File.ReadAllText(Facts))!;
        facts["accuracy"] = 0.25;
        File.WriteAllText(Facts, facts.ToJsonString());

        FluentActions.Invoking(() => Open(_quick with { LeastAccuracy = 0.5 })).Should().Throw<InvalidDataException>()
            .WithMessage("The judge names 25.00 % of the test set rightly, but must reach 50.00 % to judge others.");
    }

    private PictureJudge Open(PictureJudgeOptions options) => PictureJudge.Open(Weights, _digits, options);

    private string Refusal() => FluentActions.Invoking(() => Open(_quick)).Should().Throw<InvalidDataException>().Which.Message;
}
