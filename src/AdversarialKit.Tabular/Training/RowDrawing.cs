namespace AdversarialKit;

/// <summary>Draws rows until as many as wanted obey wishes and rules.</summary>
internal sealed class RowDrawing(TableModel model, IReadOnlyList<TableRule> rules, int limit)
{
    private const int Fewest = 500;
    private const int Most = 5000;

    private readonly int[] _broken = new int[rules.Count];
    private int _unlike;

    public Table Draw(int count, Wishes wishes, long written, Random random)
    {
        var (columns, drawn, kept) = (new List<List<string?>>(), 0L, 0);
        while (kept < count)
        {
            var size = (int)Math.Clamp(1.2 * (count - kept) * (drawn + 1) / (kept + 1), Fewest, Most);
            var made = Wished(model.MakeCalibrated(size, wishes.Codes.Count > 0 ? wishes.Codes[0] : null, random), wishes);
            drawn += size;
            var table = model.Write(made, written + kept, random);
            wishes.WriteRare(table);
            var obeying = Enumerable.Range(0, table.RowCount).Where(row => Obeys(new TableRow(table, row))).Take(count - kept).ToList();
            columns = columns.Count > 0 ? columns : [.. table.Data.Select(_ => new List<string?>())];
            for (var c = 0; c < columns.Count; c++)
            {
                var cells = table.Data[c].Cells;
                // Rows that were thrown away leave no gap, which the next rows would fill once more.
                columns[c].AddRange(model.Plan.Columns[c].Renewal is { IsGuid: false } renewal
                    ? obeying.Select((_, i) => renewal.Next(written + kept + i + 1, random))
                    : obeying.Select(row => cells[row]));
            }

            kept += obeying.Count;
            if (kept < count && drawn > Fewest && drawn / limit > kept)
            {
                throw TooFew(drawn, kept);
            }
        }

        return new Table([.. model.Plan.Columns.Select((column, c) => new TableColumn(column.Info.Name, [.. columns[c]]))], model.Plan.Culture);
    }

    private MadeRows Wished(MadeRows made, Wishes wishes)
    {
        if (wishes.Codes.Count == 0)
        {
            return made;
        }

        var rows = Enumerable.Range(0, made.Count).Where(row => wishes.Hold(made, row)).ToList();
        _unlike += made.Count - rows.Count;
        return made.Take(rows);
    }

    private bool Obeys(TableRow row)
    {
        for (var i = 0; i < rules.Count; i++)
        {
            if (!rules[i].Holds(row))
            {
                _broken[i]++;
                return false;
            }
        }

        return true;
    }

    private TableException TooFew(long drawn, int kept)
    {
        var reasons = rules.Select((rule, i) => (rule.Name, Count: _broken[i])).Where(r => r.Count > 0).Select(r => $"{r.Count} broke the rule '{r.Name}'").ToList();
        if (_unlike > 0)
        {
            reasons.Insert(0, $"{_unlike} had other values than wished for");
        }

        return new TableException(
            $"Of {drawn} rows {kept} could be kept: {string.Join(", ", reasons)}. One in {limit} is the least; raise WithRejectionLimit, or ask for less.");
    }
}
