using System.Diagnostics;

namespace AdversarialKit;

/// <summary>Fits a model of a table's rows with a <see cref="Gan"/>.</summary>
internal sealed class TableFitting(Table table, SynthesizerSettings settings)
{
    private const int CalibrationRows = 20_000;
    private const long Iterations = 5000;

    // A small table would be gone through until it is known by heart.
    private const long MostEpochs = 300;

    private readonly Random _random = new(unchecked((int)(settings.Seed ^ (settings.Seed >> 32))));

    public (TableModel Model, TableFit Fit) Run(IProgress<TableFitProgress>? progress, CancellationToken token)
    {
        NativeTorch.EnsureLoaded();
        var clock = Stopwatch.StartNew();
        TableRules.Check(table.Without([.. settings.Columns.Where(column => column.Value.LeftOut && table.Has(column.Key)).Select(column => column.Key)]), settings.Rules);
        var plan = TablePlan.Of(table, settings, _random);
        var columns = plan.Learned.Select(column => table.Column(column.Info.Name)).ToList();
        var codecs = plan.Learned.Select(column => column.Codec!).ToList();
        var rows = new EncodedRows(columns, codecs, _random);
        // A column of one code is no condition.
        var conditional = settings.Conditional && codecs.Exists(codec => codec.Codes > 1);
        var shape = new ModelSettings(settings.Latent, settings.GeneratorWidths, settings.Temperature, conditional);
        var shares = codecs.Select((codec, c) => CodeShares(codec, rows.CodesOf(c))).ToList();
        var best = new TableModel(plan, shape.Generator(codecs), shape, shares);
        using var candidate = new TableModel(plan, shape.Generator(codecs), shape, shares);
        var calibrating = new Calibrating(rows, codecs, [.. columns.Zip(codecs, NumbersOf)]);
        var fit = Train(rows, candidate, best, calibrating, progress, token);
        best.Calibration = settings.Calibrated ? calibrating.Of(best, CalibrationRows, _random) : null;
        return (best, fit with { Elapsed = clock.Elapsed });
    }

    private TableFit Train(
        EncodedRows rows, TableModel candidate, TableModel best, Calibrating calibrating, IProgress<TableFitProgress>? progress, CancellationToken token)
    {
        var layout = new RowLayout(candidate.Codecs);
        using var networks = new RowNetworks(layout, settings);
        using var gan = networks.Build(settings);
        var batchSize = networks.BatchSize;
        var batches = new ConditionedBatches(rows, layout, batchSize, candidate.Settings.Conditional, _random);
        var epoch = batches.BatchesPerEpoch!.Value;
        var total = settings.Epochs * epoch ?? Math.Min(Iterations, MostEpochs * epoch);
        var sample = table.Take(_random.GetItems([.. Enumerable.Range(0, table.RowCount)], Math.Min(settings.FigureRows, table.RowCount)));
        using var watch = new FitWatch(new FitWatch.Surroundings(
            candidate, best, iteration => Judge(candidate, calibrating, sample, iteration), settings.FigureInterval, total, settings.Patience)
        {
            Progress = progress,
        });
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, watch.Enough);
        var result = gan.Fit(
            batches,
            new FitOptions { Iterations = total, TimeLimit = settings.TimeLimit, Callbacks = [watch], Doctor = false },
            either.Token);
        if (watch.Figures.Count == 0 || (result.Reason is StopReason.Completed or StopReason.TimeLimit && watch.Figures[^1].Iteration < result.Iterations))
        {
            watch.Look(gan, result.Iterations);
        }

        return new TableFit
        {
            End = watch.IsEnough ? TableFitEnd.NoBetter : Enum.Parse<TableFitEnd>(result.Reason.ToString()),
            Iterations = result.Iterations,
            BestIteration = watch.BestIteration,
            Elapsed = TimeSpan.Zero,
            Losses = watch.Losses,
            Figures = watch.Figures,
        };
    }

    private TableFigure Judge(TableModel model, Calibrating calibrating, Table sample, long iteration)
    {
        model.Calibration = settings.Calibrated ? calibrating.Of(model, settings.FigureRows, _random) : null;
        var made = model.MakeCalibrated(2 * settings.FigureRows, wish: null, _random);
        if (made.Count == 0)
        {
            return new TableFigure(iteration, 0, 0);
        }

        var figures = TableSimilarity.Over([.. model.Plan.Learned.Select(column => column.Info)], sample, model.Write(made, 0, _random));
        return new TableFigure(iteration, figures.ColumnSimilarity, figures.PairSimilarity);
    }

    private static double[] CodeShares(IColumnCodec codec, int[] codes)
    {
        var shares = new double[codec.Codes];
        foreach (var code in codes)
        {
            shares[code] += 1.0 / codes.Length;
        }

        return shares;
    }

    private static double[] NumbersOf(TableColumn column, IColumnCodec codec) => codec is NumberCodec { HasPosition: true } numbers
        ? [.. column.Cells.OfType<string>().Select(numbers.ValueOutsideAtoms).OfType<double>()]
        : [];

    /// <summary>Finds a model's calibration against the real rows.</summary>
    private sealed record Calibrating(EncodedRows Rows, IReadOnlyList<IColumnCodec> Codecs, IReadOnlyList<double[]> Values)
    {
        public Calibration Of(TableModel model, int count, Random random) =>
            Calibration.Of(model.Make(count, wish: null, random), Rows, Codecs, Values, random);
    }
}
