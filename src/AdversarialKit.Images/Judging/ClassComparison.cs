namespace AdversarialKit;

/// <summary>Compares the samples of each class with the real pictures of that class.</summary>
internal sealed class ClassComparison(JudgeNetwork network, JudgeShares shares)
{
    /// <summary>The figures of samples, given as bytes.</summary>
    public IReadOnlyList<ClassFigures> Of(Tensor samples, Tensor? labels, CancellationToken token)
    {
        using var scope = NewDisposeScope();
        var (features, probabilities) = network.Look(samples, token);
        var seen = probabilities.argmax(1);
        var classes = labels?.cpu() ?? seen;
        var compared = Real(shares.ComparedPlaces(), token);
        var unseen = Real(shares.UnseenPlaces(), token);
        return [.. shares.Training.ClassNames.Select((name, number) => Figures(name, number))];

        ClassFigures Figures(string name, int number)
        {
            using var inner = NewDisposeScope();
            using var wanted = tensor((long)number);
            var own = classes.eq(wanted);
            var count = own.sum().ToInt64();
            var distance = Distance(Rows(compared, wanted), features[own]);
            return new ClassFigures(
                name,
                count,
                (double)count / classes.shape[0],
                compared.Labels.eq(wanted).to(ScalarType.Float64).mean().ToDouble(),
                distance?.Value ?? double.NaN,
                Distance(Rows(compared, wanted), Rows(unseen, wanted))?.Value ?? double.NaN,
                labels is null || count == 0 ? null : seen[own].eq(wanted).to(ScalarType.Float64).mean().ToDouble(),
                distance?.Warnings ?? [$"{name}: there are too few pictures for a distance."]);
        }
    }

    private (Tensor Features, Tensor Labels) Real(Tensor places, CancellationToken token) =>
        (network.Look(shares.Training.Images.index_select(0, places), token).Features, shares.Training.Labels.index_select(0, places));

    private static Tensor Rows((Tensor Features, Tensor Labels) real, Tensor wanted) => real.Features[real.Labels.eq(wanted)];

    private static FrechetDistanceResult? Distance(Tensor real, Tensor samples)
    {
        if (real.shape[0] < 2 || samples.shape[0] < 2)
        {
            return null;
        }

        using var statistics = FeatureStatistics.Of(real);
        using var generated = FeatureStatistics.Of(samples);
        return FrechetDistance.Between(statistics, generated);
    }
}
