namespace AdversarialKit;

/// <summary>The curves of a run.</summary>
internal sealed class RunCharts
{
    private readonly List<(BoundedSeries Series, Func<TrainingProgress, double> Read)> _readings = [];
    private readonly List<(BoundedSeries Series, QualityFigure Figure)> _quality = [];
    private readonly List<Chart> _charts = [];
    private readonly Dictionary<string, BoundedSeries> _figures = [];

    public RunCharts()
    {
        Add(
            new Chart("Losses") { Smooth = true },
            ("Discriminator", 1, p => p.Step.Discriminator.Loss),
            ("Generator", 2, p => p.Step.Generator.Loss));
        Add(
            new Chart("Accuracy of the discriminator", "%") { Smooth = true },
            ("On real samples", 1, p => 100 * p.Step.Discriminator.RealAccuracy),
            ("On generated samples", 2, p => 100 * p.Step.Discriminator.FakeAccuracy));
        Add(
            new Chart("Terms of the discriminator's loss") { Smooth = true, HideZeros = true },
            ("On real samples", 1, p => p.Step.Discriminator.RealLoss),
            ("On generated samples", 2, p => p.Step.Discriminator.FakeLoss),
            ("Penalties", 3, p => p.Step.Discriminator.Penalty),
            ("Auxiliary", 4, p => p.Step.Discriminator.AuxiliaryLoss));
        Add(
            new Chart("Gradient norms") { Smooth = true },
            ("Discriminator", 1, p => p.Step.Discriminator.GradientNorm),
            ("Generator", 2, p => p.Step.Generator.GradientNorm));
        Add(
            new Chart("Learning rates"),
            ("Discriminator", 1, p => p.DiscriminatorLearningRate),
            ("Generator", 2, p => p.GeneratorLearningRate));
        Add(new Chart("Throughput", "it/s") { Smooth = true }, ("Iterations a second", 3, p => p.IterationsPerSecond));
    }

    /// <summary>Adds the figures of an evaluation; those of shares between 0 and 1 stand together.</summary>
    public void Observe(EvaluationResult evaluation)
    {
        if (_quality.Count == 0)
        {
            AddQualityCharts();
        }

        foreach (var (series, figure) in _quality)
        {
            series.Add(evaluation.Iteration, evaluation.Quality.Value(figure));
        }
    }

    /// <summary>The charts that have something to show.</summary>
    public IReadOnlyList<Chart> Visible => [.. _charts.Where(chart => chart.Visible.Count > 0)];

    public void Observe(TrainingProgress progress)
    {
        foreach (var (series, read) in _readings)
        {
            series.Add(progress.Iteration, read(progress));
        }
    }

    /// <summary>Adds a point to a figure of the caller's, which has a chart of its own.</summary>
    public void Add(string name, long iteration, double value) => Figure(name).Add(iteration, value);

    /// <summary>Takes up the curves of an earlier part of the run, those of evaluations aside: the GAN knows them itself.</summary>
    public void Restore(IReadOnlyList<EarlierCurve> curves)
    {
        foreach (var earlier in curves)
        {
            var series = earlier.IsFigure ? Figure(earlier.Name) : Find(earlier.Chart, earlier.Name);
            series?.Restore(earlier.Buckets, earlier.PointsPerBucket);
        }
    }

    /// <summary>Forgets all that was measured after an iteration.</summary>
    public void Forget(long iteration)
    {
        foreach (var curve in _charts.SelectMany(chart => chart.Curves))
        {
            curve.Series.Forget(iteration);
        }
    }

    private BoundedSeries? Find(string chart, string curve) => _charts
        .Where(found => !found.IsFigure && found.Title == chart)
        .SelectMany(found => found.Curves)
        .FirstOrDefault(found => found.Name == curve)?.Series;

    private BoundedSeries Figure(string name)
    {
        if (!_figures.TryGetValue(name, out var series))
        {
            var chart = new Chart(name) { Dots = true, IsFigure = true };
            _charts.Add(chart);
            _figures[name] = series = chart.Add(name, 3);
        }

        return series;
    }

    private void AddQualityCharts()
    {
        Add(new Chart("Fréchet distance") { Dots = true }, ("Fréchet distance", 1, QualityFigure.Frechet));
        Add(
            new Chart("Precision, recall, density, coverage") { Dots = true },
            ("Precision", 1, QualityFigure.Precision),
            ("Recall", 2, QualityFigure.Recall),
            ("Density", 3, QualityFigure.Density),
            ("Coverage", 4, QualityFigure.Coverage));
        Add(new Chart("Kernel distance") { Dots = true }, ("Kernel distance", 1, QualityFigure.Kernel));
        Add(new Chart("Classifier score") { Dots = true }, ("Classifier score", 3, QualityFigure.Score));
        Add(new Chart("Classes found") { Dots = true }, ("Classes found", 3, QualityFigure.Modes));
        Add(new Chart("Divergence of the classes") { Dots = true }, ("Divergence", 3, QualityFigure.ClassDivergence));
    }

    private void Add(Chart chart, params (string Name, int Colour, QualityFigure Figure)[] curves)
    {
        _charts.Add(chart);
        foreach (var (name, colour, figure) in curves)
        {
            _quality.Add((chart.Add(name, colour), figure));
        }
    }

    private void Add(Chart chart, params (string Name, int Colour, Func<TrainingProgress, double> Read)[] curves)
    {
        _charts.Add(chart);
        foreach (var (name, colour, read) in curves)
        {
            _readings.Add((chart.Add(name, colour), read));
        }
    }
}
