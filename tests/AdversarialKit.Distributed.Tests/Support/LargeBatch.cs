namespace AdversarialKit.Tests.Distributed;

/// <summary>Compares ranks with a process that has the whole batch.</summary>
internal static class LargeBatch
{
    /// <summary>To rounding of doubles; ranks among each other to the bit.</summary>
    public static void ShouldBeAlike(List<double> alone, List<double>[] ranks)
    {
        foreach (var rank in ranks)
        {
            rank.Should().HaveCount(alone.Count);
            rank.Should().Equal(ranks[0], "all ranks hold the same bits");
            for (var i = 0; i < alone.Count; i++)
            {
                var isAlike = double.IsNaN(alone[i]) ? double.IsNaN(rank[i]) : Math.Abs(rank[i] - alone[i]) <= 1e-11 * Math.Max(1, Math.Abs(alone[i]));
                isAlike.Should().BeTrue("number {0} of {1} is {2} on a rank and {3} alone", i, alone.Count, rank[i], alone[i]);
            }
        }
    }
}
