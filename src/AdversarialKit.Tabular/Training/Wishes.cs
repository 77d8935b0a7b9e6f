namespace AdversarialKit;

/// <summary>Codes that rows shall have, by learned column; the first one is the generator's condition.</summary>
internal sealed record Wishes(IReadOnlyList<(int Column, int Code)> Codes)
{
    private const int Shown = 8;

    /// <summary>Values that share their code with others, by column.</summary>
    public IReadOnlyList<(string Column, string? Value)> Rare { get; private init; } = [];

    public static Wishes Of(IReadOnlyList<(string Column, string? Value)> where, TableModel model)
    {
        RefuseContradictions(where);
        var (codes, rare) = (new List<(int Column, int Code)>(), new List<(string Column, string? Value)>());
        foreach (var (name, value) in where)
        {
            if (Find(name, value, model) is { } wish)
            {
                codes.Add(wish);
                if (model.Codecs[wish.Column] is CategoryCodec codec && codec.IsShared(wish.Code))
                {
                    rare.Add((name, value));
                }
            }
        }

        return new Wishes([.. codes.OrderBy(wish => model.Shares[wish.Column][wish.Code])]) { Rare = rare };
    }

    public bool Hold(MadeRows made, int row) => Codes.All(wish => made.Codes[wish.Column][row] == wish.Code);

    /// <summary>Gives rows the rare values. Which one it is hangs on chance alone, on no other column, so nothing else changes with it.</summary>
    public void WriteRare(Table rows)
    {
        foreach (var (column, value) in Rare)
        {
            Array.Fill(rows.Column(column).Cells, value);
        }
    }

    private static void RefuseContradictions(IReadOnlyList<(string Column, string? Value)> where)
    {
        foreach (var wishes in where.GroupBy(wish => wish.Column).Select(wishes => wishes.Distinct().ToList()).Where(wishes => wishes.Count > 1))
        {
            throw new TableException(
                $"Column '{wishes[0].Column}' cannot have several values in one row: {Text.List(wishes.Select(wish => wish.Value ?? "none"))}; draw rows for each of them.", row: null, wishes[0].Column);
        }
    }

    // Null where every row has the value.
    private static (int Column, int Code)? Find(string name, string? value, TableModel model)
    {
        var plan = model.Plan.Columns.FirstOrDefault(column => column.Info.Name == name)
            ?? throw new TableException($"There is no column '{name}'; the synthesizer has {Text.List(model.Plan.Columns.Select(column => column.Info.Name))}.", row: null, name);
        var code = plan.Codec?.CodeOf(value) ?? -1;
        if (code < 0)
        {
            throw Unknown(plan, value);
        }

        var place = model.Plan.Learned.ToList().IndexOf(plan);
        return place < 0 ? null : (place, code);
    }

    private static TableException Unknown(ColumnPlan plan, string? value)
    {
        var name = plan.Info.Name;
        var shown = value is null ? "No row has a missing value" : $"No row has the value '{Text.Cut(value)}'";
        return plan.Codec switch
        {
            CategoryCodec codec => new TableException(
                $"{shown} in column '{name}'; its values are {Text.List(codec.State.Frequent.Concat(codec.State.Rare).Take(Shown))}{(plan.Info.DistinctValues > Shown ? $" and {plan.Info.DistinctValues - Shown} more" : "")}.",
                row: null,
                name),
            NumberCodec { HasPosition: true } => new TableException(
                $"Column '{name}' holds {(plan.Info.Kind == ColumnKind.Date ? "dates" : "numbers")}, and '{Text.Cut(value ?? "a missing value")}' is none that many rows share; give a rule to the builder (WithRule) to have rows of a range.",
                row: null,
                name),
            NumberCodec => new TableException($"{shown} in column '{name}'.", row: null, name),
            _ => new TableException($"Column '{name}' holds identifiers, which are made anew; rows cannot be drawn by them.", row: null, name),
        };
    }
}
