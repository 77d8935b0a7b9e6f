namespace AdversarialKit;

/// <summary>How many samples lie in balls of the other set.</summary>
/// <param name="Precise">Generated samples within a real ball.</param>
/// <param name="Recalled">Real samples within a generated ball.</param>
/// <param name="PairsWithin">Pairs of a real ball and a generated sample within it.</param>
/// <param name="Covered">Real balls with a generated sample within.</param>
internal readonly record struct NeighborhoodCounts(long Precise, long Recalled, long PairsWithin, long Covered)
{
    public static NeighborhoodCounts Of(Tensor real, Tensor fake, NeighborhoodRadii radii, WorkProgress work)
    {
        using var scope = NewDisposeScope();
        var norms = SquaredDistances.Norms(fake);
        var tolerance = SquaredDistances.Tolerance(real, fake);
        var precise = zeros(fake.shape[0], dtype: ScalarType.Bool, device: fake.device);
        // recalled, pairs within, covered: gathered on the device, read once at the end.
        var sums = zeros(3, dtype: ScalarType.Int64, device: fake.device);
        foreach (var (start, rows) in SquaredDistances.Blocks(real.shape[0], fake.shape[0]))
        {
            using var inner = NewDisposeScope();
            var points = real.narrow(0, start, rows);
            var pairs = new PairBlock(points, fake, SquaredDistances.Block(points, fake, norms), tolerance);
            var nearReal = SquaredDistances.Within(pairs, Rows(radii.Precision, start, rows), inclusive: true);
            var nearFake = SquaredDistances.Within(pairs, radii.Recall.unsqueeze(0), inclusive: true);
            var inside = SquaredDistances.Within(pairs, Rows(radii.Coverage, start, rows), inclusive: false);
            precise.logical_or_(nearReal.any(0));
            sums.add_(stack([nearFake.any(1).sum(), inside.sum(), inside.any(1).sum()]));
            work.Add((double)rows * fake.shape[0]);
        }

        var totals = sums.cpu().data<long>().ToArray();
        return new(precise.sum().ToInt64(), totals[0], totals[1], totals[2]);
    }

    private static Tensor Rows(Tensor radii, long start, long rows) => radii.narrow(0, start, rows).unsqueeze(1);
}
