namespace AdversarialKit;

/// <summary>Finds out what each rank's batches are in those of all.</summary>
internal sealed class TeamBatches(Team team)
{
    /// <param name="counts">The samples of this rank's batches.</param>
    /// <param name="fault">Why this rank cannot take them; null where it can.</param>
    /// <param name="mustBeEqual">Whether something computes over the batch of all ranks, which takes batches of one size.</param>
    /// <exception cref="CollectiveException">Another rank cannot take its batches, or the sizes differ where they must not.</exception>
    public TeamShare[] Share(long[] counts, Exception? fault, bool mustBeEqual)
    {
        var sums = team.Sum([fault is null ? 0 : 1, .. counts.Select(count => (double)count), .. counts.Select(count => (double)count * count)]);
        if (sums[0] > 0)
        {
            team.Together<object?>("take its batches", () => fault is null ? null : throw fault);
        }

        var shares = new TeamShare[counts.Length];
        var areEqual = true;
        for (var i = 0; i < counts.Length; i++)
        {
            var total = sums[1 + i];
            shares[i] = new TeamShare(counts[i] / total, (long)total);

            // Numbers are equal where their sum's square is as often the sum of their squares as there are numbers.
            areEqual &= total * total == team.Size * sums[1 + counts.Length + i];
        }

        if (mustBeEqual && !areEqual)
        {
            team.Compare(Text.Sizes(counts), sizes => TeamDifferences.Between(
                sizes, "batches of the sizes", "A loss, a penalty or a layer takes statistics over the batch of all ranks, which needs batches of one size. Drop the last, smaller batch of an epoch."));
        }

        return shares;
    }
}
