namespace AdversarialKit;

/// <summary>The curves of a run.</summary>
internal sealed class RunCharts
{
    private readonly List<(BoundedSeries Series, Func<TrainingProgress, double> Read)> _readings = [];
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
    public void Add(string name, long iteration, double value)
    {
        if (!_figures.TryGetValue(name, out var series))
        {
            var chart = new Chart(name) { Dots = true };
            _charts.Add(chart);
            _figures[name] = series = chart.Add(name, 3);
        }

        series.Add(iteration, value);
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
