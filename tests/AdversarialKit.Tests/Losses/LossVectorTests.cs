using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class LossVectorTests
{
    /// <summary>Vectors that no call here answers, by id or, with a final star, by its beginning; and why.</summary>
    private static readonly IReadOnlyDictionary<string, string> _elsewhere = new Dictionary<string, string>
    {
        ["tfgan.acgan_*"] = "class losses are tested with conditioning",
        ["tfgan.mutual_information_penalty*"] = "InfoGAN is tested with conditioning",
        ["torchgan.mutual_information.*"] = "InfoGAN is tested with conditioning; this one has no gradient upstream",
        ["tfgan.combine_adversarial.*"] = "weighting by the ratio of gradients is not offered",
        ["tfgan.cycle_consistency*"] = "translation between image domains is not offered",
        ["tfgan.esrgan_pixel_loss"] = "a pixel distance, not an adversarial loss",
        ["tfgan.clip_weights"] = "weight clipping is tested with the constraints on weights",
        ["tfgan.stable_global_norm"] = "gradient clipping is tested with the optimizers",
        ["tfgan.step_counts"] = "the schedule is tested with the steps",
        ["tfgan.update_ops_isolation"] = "buffers are tested with the steps",
        ["tfgan.gradient_penalty_only_D"] = "where penalties go is tested with the steps",
        ["tfgan.regularisation_added"] = "weight decay belongs to the optimizers",
        ["tfgan.classifier_score_from_logits"] = "metric",
        ["tfgan.frechet_distance.*"] = "metric",
        ["tfgan.mean_only_frechet.*"] = "metric",
        ["tfgan.diagonal_only_frechet.*"] = "metric",
        ["tfgan.kernel_distance.*"] = "metric",
        ["tfgan.sliced_wasserstein*"] = "metric",
        ["tfgan.mnist_score.*"] = "metric",
        ["tfgan.mnist_frechet.*"] = "metric",
        ["tfgan.pixel_norm"] = "layer",
        ["tfgan.minibatch_stddev"] = "layer",
        ["tfgan.downscale2"] = "layer",
        ["tfgan.he_scale.*"] = "initialisation",
        ["torchgan.classifier_score"] = "metric",
        ["mimicry.linear_lr"] = "schedule",
        ["mimicry.kid_identical"] = "metric",
        ["ignite.*"] = "metric",
        ["fidelity.*"] = "metric",
        ["m.*"] = "metric",
        ["s.*"] = "schedule",
        ["l.*"] = "layer",
        ["k.adam.*"] = "optimizer",
        ["k.bn.*"] = "batch normalization of the Keras reference",
        ["k.glorot"] = "initialisation",
        ["k.params"] = "the sample's networks",
        ["d.feature_matching.*"] = "feature matching is not offered",
        ["d.pullaway.torchgan_bug"] = "the known-wrong value of another library",
        ["d.historical_average"] = "not offered",
        ["d.maxgp.mlp"] = "the largest gradient of a batch is not offered",
        ["d.wgan_div.mlp"] = "WGAN-div is not offered",
    };

    public static TheoryData<string> Covered => [.. VectorCalls.All.Keys];

    [Theory]
    [MemberData(nameof(Covered))]
    public void Vector_ThroughOurCall_GivesItsNumbers(string id)
    {
        using var scope = NewDisposeScope();
        var vector = LossGolden.Vectors[id];
        var expected = vector.GetProperty("expected");
        if (expected.ValueKind == System.Text.Json.JsonValueKind.Object
            && expected.TryGetProperty("correct_per_sample", out var correct))
        {
            // The vector lists the known-wrong value of another library beside the right one.
            expected = correct;
        }

        // Some libraries allow so much (mimicry 0.01) that wrong losses pass; all their numbers have four digits or more.
        var tolerance = Math.Min(vector.GetProperty("tolerance").GetDouble(), 1e-4);
        VectorCalls.All[id](vector).ShouldBeClose(expected.Numbers(), tolerance, id);
    }

    [Fact]
    public void EveryVector_IsEitherAnsweredHereOrExcusedOnce()
    {
        foreach (var id in LossGolden.Vectors.Keys)
        {
            var answers = _elsewhere.Keys.Count(pattern => Matches(pattern, id)) + (VectorCalls.All.ContainsKey(id) ? 1 : 0);

            answers.Should().Be(1, $"{id} must be answered by a call or excused with a reason, and not both");
        }
    }

    [Fact]
    public void EveryExcuse_ConcernsAVectorThatExists() =>
        _elsewhere.Keys.Should().OnlyContain(pattern => LossGolden.Vectors.Keys.Any(id => Matches(pattern, id)));

    private static bool Matches(string pattern, string id) => pattern.EndsWith('*')
        ? id.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : id == pattern;
}
