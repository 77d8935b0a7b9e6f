namespace AdversarialKit;

/// <summary>
/// Improved precision and recall, and density and coverage: whether generated samples look real, and whether they show
/// all that is real. The four share their distances.
/// </summary>
/// <remarks>
/// <para>Precision and recall: Kynkäänniemi et al., "Improved Precision and Recall Metric for Assessing Generative
/// Models" (2019), equations 1 and 2, https://arxiv.org/abs/1904.06991. A set's neighbourhoods are balls around its
/// samples that reach to the k-th nearest other sample, border included; precision is the share of generated samples
/// within a real ball, recall the share of real samples within a generated one.</para>
/// <para>Density and coverage: Naeem et al., "Reliable Fidelity and Diversity Metrics for Generative Models" (2020),
/// section 3, https://arxiv.org/abs/2002.09797. Density is the number of (real ball, generated sample within it)
/// pairs over k times the number of generated samples; coverage the share of real balls with a generated sample within.
/// As in the authors' computation the border is not included, so two identical sets have a density of 1.</para>
/// <para>Samples: equal numbers of both, 10,000 to 50,000 in the papers; under 1,000 the balls are wide and precision and
/// recall high by chance. Holds the features of both sets up to a bound; distances are computed in blocks of rows, so
/// memory beyond them is constant. Distances equal to a radius are told exactly.</para>
/// </remarks>
public sealed class FidelityDiversity : IStreamingMetric<FidelityDiversityResult>
{
    private const int SamplesForStableBalls = 1_000;

    private readonly RealAndGenerated _sets;
    private readonly int _recallNeighbors;
    private readonly int _coverageNeighbors;
    private Tensor? _realNeighbors;

    /// <summary>Prepares the comparison with a set of real samples.</summary>
    /// <param name="real">The real features <c>[N, F]</c>. Copied; remain the caller's.</param>
    /// <param name="precisionRecallNeighbors">The k of precision and recall. Default: 3, as in the paper.</param>
    /// <param name="densityCoverageNeighbors">The k of density and coverage. Default: 5, as in the paper.</param>
    /// <param name="maximumSamples">The most generated samples it holds, 8 F bytes each. Default: 50,000.</param>
    /// <exception cref="ArgumentException"><paramref name="real"/> is not <c>[N, F]</c> with more rows than neighbours, or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public FidelityDiversity(
        Tensor real,
        int precisionRecallNeighbors = 3,
        int densityCoverageNeighbors = 5,
        int maximumSamples = 50_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precisionRecallNeighbors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(densityCoverageNeighbors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumSamples, 1);
        SampleChecks.Features(real, null, nameof(real));
        SampleChecks.Rows(real, Math.Max(precisionRecallNeighbors, densityCoverageNeighbors) + 1, "comparison of neighbourhoods", nameof(real));
        _sets = new RealAndGenerated(real, maximumSamples);
        (_recallNeighbors, _coverageNeighbors) = (precisionRecallNeighbors, densityCoverageNeighbors);
    }

    /// <inheritdoc/>
    public void Reset() => _sets.Reset();

    /// <summary>Adds a batch of generated samples.</summary>
    /// <param name="batch">Features <c>[N, F]</c>. Remain the caller's.</param>
    /// <exception cref="ArgumentException">The shape is not <c>[N, F]</c>, the width differs from the real features', a value is not finite, or the bound is exceeded.</exception>
    public void Update(Tensor batch) => _sets.Update(batch);

    /// <inheritdoc/>
    public FidelityDiversityResult Compute() => Compute(null);

    /// <summary>The four figures of everything added so far.</summary>
    /// <param name="progress">Told the share of the work that is done, 0 to 1.</param>
    /// <returns>The figures.</returns>
    /// <exception cref="InvalidOperationException">No more generated samples than the k of precision and recall were added.</exception>
    public FidelityDiversityResult Compute(IProgress<double>? progress)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (real, fake) = (_sets.Real, _sets.Generated(_recallNeighbors + 1, "comparison of neighbourhoods"));
        var (n, m) = ((double)real.shape[0], (double)fake.shape[0]);
        var work = new WorkProgress(progress, (_realNeighbors is null ? n * n : 0) + (m * m) + (n * m));

        // A sample is its own nearest, hence one more neighbour than k.
        _realNeighbors ??= SquaredDistances.Nearest(real, real, Math.Max(_recallNeighbors, _coverageNeighbors) + 1, work).DetachFromDisposeScope();
        var radii = new NeighborhoodRadii(
            _realNeighbors.select(1, _recallNeighbors),
            SquaredDistances.Nearest(fake, fake, _recallNeighbors + 1, work).select(1, _recallNeighbors),
            _realNeighbors.select(1, _coverageNeighbors));
        var counts = NeighborhoodCounts.Of(real, fake, radii, work);
        return new(counts.Precise / m, counts.Recalled / n, counts.PairsWithin / (m * _coverageNeighbors), counts.Covered / n, Warnings());
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        _sets.Dispose();
        _realNeighbors?.Dispose();
    }

    private List<string> Warnings()
    {
        var (n, m) = (_sets.Real.shape[0], _sets.GeneratedCount);
        var warnings = new List<string>();
        if (Math.Min(n, m) < SamplesForStableBalls)
        {
            warnings.Add($"Precision, recall, density, coverage: {m} generated and {n} real samples of width {_sets.Real.shape[1]} are few; neighbourhoods are wide and precision and recall high by chance. Use at least {SamplesForStableBalls} of each.");
        }

        if (Math.Max(n, m) > 2 * Math.Min(n, m))
        {
            warnings.Add($"Precision, recall, density, coverage: {m} generated and {n} real samples are compared; the figures depend on both numbers. Use equal numbers to compare with published figures.");
        }

        return warnings;
    }
}
