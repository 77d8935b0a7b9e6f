namespace AdversarialKit;

/// <summary>
/// A mixture of Gaussians on the line, fitted by variational inference with a Dirichlet process over its weights, so that components
/// which the data do not need lose their weight: Blei and Jordan 2006; the updates are those of Bishop 2006, section 10.2,
/// for one dimension, with the priors that scikit-learn's BayesianGaussianMixture has by default.
/// </summary>
internal sealed class GaussianMixture
{
    private const double MeanPrecisionPrior = 1;
    private const double FreedomPrior = 1;
    private const double LeastVariance = 1e-6;
    private const double MachineEpsilon = 2.220446049250313e-16;

    private readonly double[] _x;
    private readonly double _meanPrior;
    private readonly double _variancePrior;
    private readonly double _concentration;
    private readonly double[] _logWeights;
    private readonly double[] _logScales;
    private readonly double[][] _responsibilities;

    private GaussianMixture(double[] x, int components, double concentration)
    {
        (_x, _concentration) = (x, concentration);
        _meanPrior = x.Average();
        _variancePrior = x.Length < 2 ? 1 : x.Sum(v => (v - _meanPrior) * (v - _meanPrior)) / (x.Length - 1);
        (Weights, Means, Variances) = (new double[components], new double[components], new double[components]);
        (_logWeights, _logScales) = (new double[components], new double[components]);
        _responsibilities = [.. Enumerable.Range(0, components).Select(_ => new double[x.Length])];
    }

    public double[] Weights { get; }

    public double[] Means { get; }

    public double[] Variances { get; }

    /// <summary>Fits it, beginning with as many equal parts of the sorted values as there are components.</summary>
    public static GaussianMixture Fit(double[] values, int components, double concentration = 0.001, int iterations = 100, double tolerance = 1e-4)
    {
        var sorted = values.Order().ToArray();
        var mixture = new GaussianMixture(sorted, components, concentration);
        for (var i = 0; i < sorted.Length; i++)
        {
            mixture._responsibilities[(int)((long)i * components / sorted.Length)][i] = 1;
        }

        mixture.Maximize();
        for (var i = 0; i < iterations; i++)
        {
            var before = (double[])mixture.Means.Clone();
            mixture.Expect();
            mixture.Maximize();
            if (before.Zip(mixture.Means, (a, b) => Math.Abs(a - b)).Max() < tolerance)
            {
                break;
            }
        }

        return mixture;
    }

    private void Maximize()
    {
        var components = Means.Length;
        var counts = new double[components];
        for (var k = 0; k < components; k++)
        {
            counts[k] = _responsibilities[k].Sum() + (10 * MachineEpsilon);
            MaximizeComponent(k, counts[k]);
        }

        Concentrate(counts);
    }

    private void MaximizeComponent(int k, double count)
    {
        var responsibility = _responsibilities[k];
        double mean = 0, spread = 0;
        for (var i = 0; i < _x.Length; i++)
        {
            mean += responsibility[i] * _x[i];
        }

        mean /= count;
        for (var i = 0; i < _x.Length; i++)
        {
            spread += responsibility[i] * (_x[i] - mean) * (_x[i] - mean);
        }

        spread = (spread / count) + LeastVariance;
        var precision = MeanPrecisionPrior + count;
        var freedom = FreedomPrior + count;
        Means[k] = ((MeanPrecisionPrior * _meanPrior) + (count * mean)) / precision;
        Variances[k] = (_variancePrior + (count * spread) + (count * MeanPrecisionPrior / precision * (mean - _meanPrior) * (mean - _meanPrior))) / freedom;
        // E[log precision]/2 - E[(mean - m)^2 precision]/2, beside the Gaussian's own normalization.
        _logScales[k] = (-0.5 * Math.Log(2 * Math.PI * Variances[k] * freedom)) + (0.5 * (Math.Log(2) + Digamma.Of(0.5 * freedom) - (1 / precision)));
    }

    // Stick-breaking: component k takes a Beta(a, b) share of what the ones before it left.
    private void Concentrate(double[] counts)
    {
        var (left, rest, total) = (1.0, counts.Sum(), 0.0);
        var logLeft = 0.0;
        for (var k = 0; k < counts.Length; k++)
        {
            rest -= counts[k];
            var (a, b) = (1 + counts[k], _concentration + Math.Max(0, k == counts.Length - 1 ? 0 : rest));
            var sum = Digamma.Of(a + b);
            _logWeights[k] = Digamma.Of(a) - sum + logLeft;
            logLeft += Digamma.Of(b) - sum;
            Weights[k] = left * a / (a + b);
            left *= b / (a + b);
            total += Weights[k];
        }

        for (var k = 0; k < counts.Length; k++)
        {
            Weights[k] /= total;
        }
    }

    private void Expect()
    {
        var logs = new double[Means.Length];
        for (var i = 0; i < _x.Length; i++)
        {
            for (var k = 0; k < logs.Length; k++)
            {
                logs[k] = _logWeights[k] + _logScales[k] - (0.5 * (_x[i] - Means[k]) * (_x[i] - Means[k]) / Variances[k]);
            }

            var greatest = logs.Max();
            var sum = logs.Sum(log => Math.Exp(log - greatest));
            for (var k = 0; k < logs.Length; k++)
            {
                _responsibilities[k][i] = Math.Exp(logs[k] - greatest) / sum;
            }
        }
    }
}
