namespace AdversarialKit;

/// <summary>The curves of a run.</summary>
internal sealed class RunCharts
{
    private readonly List<(BoundedSeries Series, Func<TrainingProgress, double> Read)> _readings = [];
    private readonly List<(BoundedSeries Series, QualityFigure Figure)> _quality = [];
    private readonly List<(Chart Chart, Func<TrainingProgress, IEnumerable<KeyValuePair<string, double>>> Read)> _named = [];
    private readonly List<Chart> _charts = [];
    private readonly Dictionary<string, BoundedSeries> _figures = [];
    private bool _hasBegun;

    /// <summary>Gets ready for a run, once: for the curves of a GAN, or those of another system's steps.</summary>
    public void Begin(AdversarialSystem system)
    {
        if (_hasBegun)
        {
            return;
        }

        _hasBegun = true;
        var figures = _charts.ToList();
        _charts.Clear();
        if (system.Gan is null)
        {
            AddSystem([.. system.Steps.Select(step => step.Name)]);
        }
        else
        {
            AddGan();
        }

        Add(new Chart("Throughput", "it/s") { Smooth = true }, ("Iterations a second", 3, p => p.IterationsPerSecond));
        _charts.AddRange(figures);
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

        foreach (var (chart, read) in _named)
        {
            foreach (var (name, value) in read(progress))
            {
                Named(chart, name).Add(progress.Iteration, value);
            }
        }
    }

    /// <summary>Adds a point to a figure of the caller's, which has a chart of its own.</summary>
    public void Add(string name, long iteration, double value) => Figure(name).Add(iteration, value);

    /// <summary>Takes up the curves of an earlier part of the run, those of evaluations aside: the system knows them itself.</summary>
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

    private BoundedSeries? Find(string chart, string curve) => _named.Find(named => named.Chart.Title == chart).Chart is { } found
        ? Named(found, curve)
        : _charts.Where(found => !found.IsFigure && found.Title == chart)
            .SelectMany(found => found.Curves)
            .FirstOrDefault(found => found.Name == curve)?.Series;

    // What an objective reports shows by and by: some terms come every so many iterations only.
    private static BoundedSeries Named(Chart chart, string name) =>
        chart.Curves.FirstOrDefault(curve => curve.Name == name)?.Series ?? chart.Add(name, Colour(chart.Curves.Count));

    private static int Colour(int index) => (index % Chart.Colours) + 1;

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

    private void AddGan()
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
        AddNamed("Terms of the generator's loss", p => p.Step.Generator.Terms);
        Add(
            new Chart("Gradient norms") { Smooth = true },
            ("Discriminator", 1, p => p.Step.Discriminator.GradientNorm),
            ("Generator", 2, p => p.Step.Generator.GradientNorm));
        Add(
            new Chart("Learning rates"),
            ("Discriminator", 1, p => p.DiscriminatorLearningRate),
            ("Generator", 2, p => p.GeneratorLearningRate));
    }

    private void AddSystem(string[] steps)
    {
        Add(new Chart("Losses") { Smooth = true }, ForEach(steps, (p, step) => p.Result![step].Loss));
        foreach (var step in steps)
        {
            AddNamed($"Terms of the step {step}", p => p.Result!.NumbersOf(step));
        }

        Add(new Chart("Gradient norms") { Smooth = true }, ForEach(steps, (p, step) => p.Result![step].GradientNorm));
        Add(new Chart("Learning rates"), ForEach(steps, (p, step) => p.LearningRates[step]));
    }

    private static (string Name, int Colour, Func<TrainingProgress, double> Read)[] ForEach(string[] steps, Func<TrainingProgress, string, double> read) =>
        [.. steps.Select((step, i) => (step, Colour(i), (Func<TrainingProgress, double>)(p => read(p, step))))];

    private void AddNamed(string title, Func<TrainingProgress, IEnumerable<KeyValuePair<string, double>>> read)
    {
        var chart = new Chart(title) { Smooth = true };
        _charts.Add(chart);
        _named.Add((chart, read));
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
