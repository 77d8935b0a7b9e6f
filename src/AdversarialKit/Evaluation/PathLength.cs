namespace AdversarialKit;

/// <summary>Path length: how smoothly samples change as the latent does.</summary>
/// <remarks>
/// <para>Karras et al., "A Style-Based Generator Architecture for Generative Adversarial Networks" (2019), section 4.1,
/// equations 2 and 3, https://arxiv.org/abs/1812.04948:
/// <c>mean of |f(G(walk(z1, z2, t))) - f(G(walk(z1, z2, t + eps)))|² / eps²</c> with t uniform in [0, 1]. The paper's
/// distance is LPIPS, itself a squared distance of features; here it is the squared Euclidean distance of any extractor's
/// features, so figures compare within one extractor only. No outliers are dropped; the median is given beside the mean.</para>
/// <para>Range: 0 (a generator that ignores its latent) upwards: read it beside coverage. Samples: 1,000 paths tell
/// generators apart, 10,000 give a few per cent.</para>
/// </remarks>
public static class PathLength
{
    private const int PathsToTellApart = 1_000;

    /// <summary>Measures a generator.</summary>
    /// <param name="generator">Latents <c>[N, Z]</c> to samples <c>[N, ...]</c>. Runs in evaluation mode without gradients; its modes are restored.</param>
    /// <param name="latents">Draws as many latents <c>[N, Z]</c> as asked for, on the generator's device. Called within a dispose scope, which frees what it makes.</param>
    /// <param name="features">The extractor whose features are compared.</param>
    /// <param name="options">How to measure. Default: null, the options' defaults.</param>
    /// <param name="progress">Told the share of the work that is done, 0 to 1.</param>
    /// <returns>The mean squared speed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">Latents are not <c>[N, Z]</c>, or features are not finite.</exception>
    public static PathLengthResult Measure(
        nn.Module<Tensor, Tensor> generator,
        Func<int, Tensor> latents,
        IFeatureExtractor features,
        PathLengthOptions? options = null,
        IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(latents);
        ArgumentNullException.ThrowIfNull(features);
        options ??= new PathLengthOptions();
        options.Validate();
        using var random = new Generator((ulong)options.Seed);
        using var noGradients = no_grad();
        using var mode = new EvaluationMode(generator);
        var speeds = new List<double>(options.Paths);
        var work = new WorkProgress(progress, options.Paths);
        while (speeds.Count < options.Paths)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(options.BatchSize, options.Paths - speeds.Count);
            var (start, end) = Steps(latents, count, options, random);
            var reached = features.Extract(generator.call(cat([start, end], 0))).to(ScalarType.Float64);
            speeds.AddRange(Speeds(reached, count, options.Epsilon));
            work.Add(count);
        }

        return Summary(speeds);
    }

    private static (Tensor Start, Tensor End) Steps(Func<int, Tensor> latents, int count, PathLengthOptions options, Generator random)
    {
        var (first, second) = (Draw(latents, count), Draw(latents, count));
        // The walk is computed in float64: the step is small against float32's grain.
        var (a, b) = (first.to(ScalarType.Float64), second.to(ScalarType.Float64));
        var at = RandomTensors.Uniform([count, 1], random, ScalarType.Float64, first.device);
        var spherical = options.Interpolation == LatentInterpolation.Spherical;
        return (Walk(at), Walk(at + options.Epsilon));

        Tensor Walk(Tensor t) => (spherical ? GreatCircle.Between(a, b, t) : a + ((b - a) * t)).to(first.dtype);
    }

    private static Tensor Draw(Func<int, Tensor> latents, int count)
    {
        var drawn = latents(count);
        return drawn.dim() == 2 && drawn.shape[0] == count
            ? drawn
            : throw new InvalidOperationException($"The latents must be [{count}, Z] when {count} are asked for; got {SampleChecks.Shape(drawn)}.");
    }

    private static double[] Speeds(Tensor reached, int count, double epsilon)
    {
        var speeds = (reached.narrow(0, 0, count) - reached.narrow(0, count, count)).square().sum(1) / (epsilon * epsilon);
        var values = speeds.cpu().data<double>().ToArray();
        return Array.TrueForAll(values, double.IsFinite)
            ? values
            : throw new InvalidOperationException("A generated sample has features that are NaN or infinite. Find out where the generator or the extractor diverged; it cannot be measured.");
    }

    private static PathLengthResult Summary(List<double> speeds)
    {
        var mean = speeds.Average();
        var variance = speeds.Sum(v => (v - mean) * (v - mean)) / (speeds.Count - 1);
        speeds.Sort();
        var median = (speeds[(speeds.Count - 1) / 2] + speeds[speeds.Count / 2]) / 2;
        List<string> warnings = speeds.Count >= PathsToTellApart
            ? []
            : [$"Path length: {speeds.Count} paths are few. Use at least {PathsToTellApart}."];
        return new(mean, Math.Sqrt(variance / speeds.Count), median, warnings);
    }
}
