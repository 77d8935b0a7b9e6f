namespace AdversarialKit.Tests.Distributed;

/// <summary>Two checkpoints, of which one came of the other.</summary>
internal static class CheckpointPair
{
    private static readonly string[] OfRanks = ["random", "ranks"];

    /// <summary>Weights, averages, optimizers, pieces and counters are the same; what each rank has for itself is not looked at.</summary>
    public static void ShouldHoldTheSame(string first, string second)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var (one, other) = (Checkpoint.Open(first), Checkpoint.Open(second));
        var groups = Groups(one);
        Groups(other).Should().Equal(groups).And.Contain(["generator", "discriminator", "average", "optimizer-generator", "optimizer-discriminator", "state"]);
        foreach (var group in groups)
        {
            Digest(other, group).Should().Be(Digest(one, group), "of {0}", group);
        }

        other.Manifest.Iteration.Should().Be(one.Manifest.Iteration);
        Values(other).Should().Equal(Values(one)).And.Contain(value => value.Key == "samplesSeen");
    }

    private static List<string> Groups(Checkpoint checkpoint) =>
        [.. checkpoint.Manifest.Files.Select(file => file.Group).Except(OfRanks).Order(StringComparer.Ordinal)];

    private static List<KeyValuePair<string, string>> Values(Checkpoint checkpoint) =>
        [.. checkpoint.Manifest.Values.Where(value => value.Key != "ranks").OrderBy(value => value.Key, StringComparer.Ordinal)];

    private static string Digest(Checkpoint checkpoint, string group) => TensorBytes.Digest(checkpoint.Load(group)
        .Where(entry => !entry.Key.StartsWith("batches/", StringComparison.Ordinal) && !entry.Key.StartsWith("fake-history/", StringComparison.Ordinal))
        .OrderBy(entry => entry.Key, StringComparer.Ordinal)
        .Select(entry => (entry.Key, entry.Value)));
}
