namespace AdversarialKit.Tests;

/// <summary>
/// Held against scikit-learn 1.2.1: BayesianGaussianMixture(n_components=6, weight_concentration_prior_type='dirichlet_process',
/// weight_concentration_prior=0.001, reg_covar=1e-6) on the same values, begun with the same responsibilities, after as many iterations.
/// </summary>
public sealed class GaussianMixtureTests
{
    private static readonly double[] WeightsAfter1 = [0.17300823680713745, 0.19502234660856377, 0.13501195780369338, 0.1473323748560473, 0.18505688640438317, 0.16456819752017487];
    private static readonly double[] MeansAfter1 = [-5.310343257870928, -4.74632206065656, -0.29725226885941186, 2.3561109972888548, 7.435209055051273, 9.187807700200002];
    private static readonly double[] VariancesAfter1 = [1.6491182570946235, 1.2759718700135054, 6.1269844853103415, 5.33818011907191, 1.8032223867255945, 3.274662958714574];
    private static readonly double[] WeightsAfter20 = [0.018398209893806045, 0.3856094095214321, 0.00266631261908154, 0.19953110501080817, 0.31939309640028357, 0.0744018665545886];
    private static readonly double[] MeansAfter20 = [-3.6261663070115344, -4.9718835214085315, 1.8072199928130366, 1.0222126201609512, 7.96441456420535, 7.907929667249139];
    private static readonly double[] VariancesAfter20 = [11.798150600567801, 1.1441004991595216, 34.45162314989486, 0.5761836164108114, 2.9637130121246353, 7.911507524775559];

    [Fact]
    public void Fit_AfterIterations_HasTheNumbersOfScikitLearn()
    {
        Compare(1, WeightsAfter1, MeansAfter1, VariancesAfter1);
        Compare(20, WeightsAfter20, MeansAfter20, VariancesAfter20);
    }

    [Fact]
    public void Fit_ThreeBumps_FindsThemAndLeavesOtherComponentsWithoutWeight()
    {
        var mixture = GaussianMixture.Fit(Bumps(), components: 6, iterations: 2000, tolerance: 1e-9);

        var found = Enumerable.Range(0, 6).Where(k => mixture.Weights[k] > 0.05).OrderBy(k => mixture.Means[k]).ToList();

        found.Should().HaveCount(3);
        mixture.Means[found[0]].Should().BeApproximately(-5, 0.1);
        mixture.Means[found[1]].Should().BeApproximately(1, 0.1);
        mixture.Means[found[2]].Should().BeApproximately(8, 0.1);
    }

    [Fact]
    public void Digamma_KnownValues_AreMet()
    {
        const double euler = 0.57721566490153286;
        Digamma.Of(1).Should().BeApproximately(-euler, 1e-12);
        Digamma.Of(0.5).Should().BeApproximately(-euler - (2 * Math.Log(2)), 1e-12);
        Digamma.Of(0.001).Should().BeApproximately(-1000.575571931, 1e-8);
    }

    private static void Compare(int iterations, double[] weights, double[] means, double[] variances)
    {
        var mixture = GaussianMixture.Fit(Bumps(), components: 6, iterations: iterations, tolerance: 0);

        for (var k = 0; k < 6; k++)
        {
            mixture.Weights[k].Should().BeApproximately(weights[k], 1e-9);
            mixture.Means[k].Should().BeApproximately(means[k], 1e-8);
            mixture.Variances[k].Should().BeApproximately(variances[k], 1e-8);
        }
    }

    private static double[] Bumps() => [.. Logistic(200, -5, 0.5), .. Logistic(100, 1, 0.25), .. Logistic(200, 8, 1)];

    private static IEnumerable<double> Logistic(int count, double centre, double scale) => Enumerable.Range(0, count)
        .Select(i => (i + 0.5) / count)
        .Select(share => centre + (scale * Math.Log(share / (1 - share))));
}
