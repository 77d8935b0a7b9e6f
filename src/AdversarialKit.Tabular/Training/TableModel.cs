namespace AdversarialKit;

/// <summary>All that draws rows of a table: plan, generator, shares and calibration.</summary>
internal sealed class TableModel(TablePlan plan, RowGenerator generator, ModelSettings settings, IReadOnlyList<double[]> shares) : IDisposable
{
    public TablePlan Plan => plan;

    public RowGenerator Generator => generator;

    public ModelSettings Settings => settings;

    public IReadOnlyList<double[]> Shares => shares;

    public IReadOnlyList<IColumnCodec> Codecs { get; } = [.. plan.Learned.Select(column => column.Codec!)];

    public Calibration? Calibration { get; set; }

    public MadeRows Make(int count, (int Column, int Code)? wish, Random random)
    {
        var maker = new RowMaker(generator, new RowLayout(Codecs), Codecs, shares, settings.Latent);
        return maker.Make(count, wish, settings.Conditional, random);
    }

    /// <summary>Rows as they are made, of which calibration keeps some.</summary>
    public MadeRows MakeCalibrated(int count, (int Column, int Code)? wish, Random random)
    {
        var made = Make(count, wish, random);
        if (Calibration is { } calibration)
        {
            made = made.Take(calibration.Keep(made, wish?.Column, random));
            calibration.Map(made);
        }

        return made;
    }

    /// <summary>Rows as cells; identifiers go on counting behind <paramref name="written"/> rows.</summary>
    public Table Write(MadeRows made, long written, Random random)
    {
        var next = 0;
        var columns = new List<TableColumn>();
        foreach (var column in plan.Columns)
        {
            var place = column.IsLearned ? next++ : -1;
            var cells = new string?[made.Count];
            for (var row = 0; row < cells.Length; row++)
            {
                cells[row] = column.Renewal is { } renewal ? renewal.Next(written + row + 1, random)
                    : place < 0 ? column.Codec!.Decode(0, 0, random)
                    : Cell(column.Codec!, made.Codes[place][row], made.Values[place], row, random);
            }

            columns.Add(new TableColumn(column.Info.Name, cells));
        }

        return new Table(columns, plan.Culture);
    }

    public void Dispose() => generator.Dispose();

    private static string? Cell(IColumnCodec codec, int code, double[] values, int row, Random random) =>
        codec is NumberCodec numbers && values.Length > 0 && !double.IsNaN(values[row]) ? numbers.Write(values[row]) : codec.Decode(code, 0, random);
}
