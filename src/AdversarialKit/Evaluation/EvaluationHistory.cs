namespace AdversarialKit;

/// <summary>All evaluations of a GAN since its first iteration: part of its checkpoints, so that a resumed run knows its best.</summary>
internal sealed class EvaluationHistory : IStateful
{
    private const string Iteration = "iteration";
    private const string IsBest = "best";

    private List<EvaluationResult> _all = [];
    private QualityFigure _figure;

    public IReadOnlyList<EvaluationResult> All => [.. _all];

    public EvaluationResult? Last => _all.Count > 0 ? _all[^1] : null;

    public EvaluationResult? Best => _all.FindLast(result => result.IsBest);

    /// <summary>Says by which figure one is the best, of those that are there as well.</summary>
    public void RankBy(QualityFigure figure)
    {
        _figure = figure;
        var before = _all;
        _all = [];
        before.ForEach(result => Add(result.Iteration, result.Quality));
    }

    public EvaluationResult Add(long iteration, QualityReport quality)
    {
        var result = new EvaluationResult(iteration, quality, IsBetterThanAll(quality.Value(_figure)));
        _all.Add(result);
        return result;
    }

    /// <summary>A column of numbers for each figure; nothing where there was no evaluation.</summary>
    public IReadOnlyDictionary<string, Tensor> GetState()
    {
        var state = new Dictionary<string, Tensor>();
        if (_all.Count > 0)
        {
            state[Iteration] = tensor(_all.ConvertAll(result => result.Iteration).ToArray());
            state[IsBest] = tensor(_all.ConvertAll(result => result.IsBest).ToArray());
            foreach (var (name, read) in QualityColumns.All)
            {
                state[name] = tensor(_all.ConvertAll(result => read(result.Quality)).ToArray());
            }
        }

        return state;
    }

    /// <inheritdoc/>
    public void SetState(IReadOnlyDictionary<string, Tensor> state)
    {
        NamedTensors.RefuseOthers(state, QualityColumns.All.Select(column => column.Name).Append(Iteration).Append(IsBest).ToHashSet());
        if (state.Count == 0)
        {
            _all = [];
            return;
        }

        var count = state.TryGetValue(Iteration, out var rows) && rows.dim() == 1 ? rows.shape[0] : 0;
        var iterations = NamedTensors.Require(state, Iteration, [count], ScalarType.Int64).data<long>().ToArray();
        Array.ForEach(iterations, iteration => StateRange.Count(Iteration, iteration));
        var bests = NamedTensors.Require(state, IsBest, [count], ScalarType.Bool).data<bool>().ToArray();
        var columns = QualityColumns.All.ToDictionary(
            column => column.Name,
            column => NamedTensors.Require(state, column.Name, [count], ScalarType.Float64).data<double>().ToArray());
        _all = [.. iterations.Select((iteration, row) => new EvaluationResult(iteration, QualityColumns.Report(name => columns[name][row]), bests[row]))];
    }

    private bool IsBetterThanAll(double value)
    {
        if (!double.IsFinite(value) || Best?.Quality.Value(_figure) is not { } best)
        {
            return double.IsFinite(value);
        }

        return QualityReport.DirectionOf(_figure) == MetricDirection.LowerIsBetter ? value < best : value > best;
    }
}
