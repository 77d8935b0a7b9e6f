namespace AdversarialKit;

/// <summary>Follows a fit: takes losses down, looks at the figures, keeps the best weights, and ends it where they get no better.</summary>
internal sealed class FitWatch(FitWatch.Surroundings surroundings) : ITrainingCallback, IDisposable
{
    private const int LossInterval = 10;

    private readonly CancellationTokenSource _enough = new();
    private double _best = double.NegativeInfinity;
    private int _worse;
    private long _looked;

    public List<TableLoss> Losses { get; } = [];

    public List<TableFigure> Figures { get; } = [];

    public long BestIteration { get; private set; }

    public bool IsEnough => _enough.IsCancellationRequested;

    public CancellationToken Enough => _enough.Token;

    public int Interval => LossInterval;

    public void OnProgress(Gan gan, TrainingProgress progress)
    {
        var loss = new TableLoss(progress.Iteration, progress.Step.Discriminator.Loss, progress.Step.Generator.Loss);
        Losses.Add(loss);
        if (progress.Iteration - _looked >= surroundings.FigureInterval)
        {
            Look(gan, progress.Iteration);
        }

        surroundings.Progress?.Report(new TableFitProgress(
            progress.Iteration, surroundings.Total, progress.Elapsed, loss, Figures.Count == 0 ? null : Figures[^1]));
    }

    /// <summary>Looks at the figures now.</summary>
    public void Look(Gan gan, long iteration)
    {
        _looked = iteration;
        gan.CopyGenerator(surroundings.Candidate.Generator);
        var figure = surroundings.Judge(iteration);
        Figures.Add(figure);
        var score = figure.ColumnSimilarity + figure.PairSimilarity;
        if (score > _best)
        {
            (_best, _worse, BestIteration) = (score, 0, iteration);
            gan.CopyGenerator(surroundings.Best.Generator);
        }
        else if (++_worse >= surroundings.Patience && surroundings.Patience > 0)
        {
            _enough.Cancel();
        }
    }

    public void Dispose() => _enough.Dispose();

    /// <summary>What it follows a fit with.</summary>
    public sealed record Surroundings(TableModel Candidate, TableModel Best, Func<long, TableFigure> Judge, int FigureInterval, long Total, int Patience)
    {
        public IProgress<TableFitProgress>? Progress { get; init; }
    }
}
