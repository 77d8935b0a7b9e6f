using System.Globalization;

namespace AdversarialKit;

/// <summary>What becomes of each column of a table.</summary>
internal sealed class TablePlan(IReadOnlyList<ColumnPlan> columns, CultureInfo culture)
{
    public const int FewestRows = 100;

    public IReadOnlyList<ColumnPlan> Columns => columns;

    public CultureInfo Culture => culture;

    public IReadOnlyList<ColumnPlan> Learned { get; } = [.. columns.Where(column => column.IsLearned)];

    public static TablePlan Of(Table table, SynthesizerSettings settings, Random random)
    {
        Check(table, settings);
        var finding = new ColumnFinding(table);
        var kept = table.Data.Where(column => !Wish(settings, column.Name).LeftOut).ToList();
        var infos = kept.Select(column => finding.Find(column, Wish(settings, column.Name))).ToList();
        RefuseUnlearnable(infos, settings);
        var plan = new TablePlan([.. kept.Zip(infos, (column, info) => Plan(column, info, table.Culture, settings, random))], table.Culture);
        return plan.Learned.Count > 0
            ? plan
            : throw new TableException($"No column of the table has more than one value: there is nothing to learn in {Text.List(table.Columns)}.");
    }

    private static void Check(Table table, SynthesizerSettings settings)
    {
        if (table.RowCount < FewestRows)
        {
            throw new TableException(
                $"The table has {table.RowCount} {(table.RowCount == 1 ? "row" : "rows")}; at least {FewestRows} are needed to learn from, and fewer could only be copied.");
        }

        foreach (var name in settings.Columns.Keys)
        {
            if (!table.Has(name))
            {
                throw new TableException($"The builder was told about a column '{name}'; the table has {Text.List(table.Columns)}.", row: null, name);
            }
        }
    }

    private static ColumnWish Wish(SynthesizerSettings settings, string name) => settings.Columns.GetValueOrDefault(name) ?? new ColumnWish(Kind: null);

    // All of them at once: a table has often more than one.
    private static void RefuseUnlearnable(List<TableColumnInfo> infos, SynthesizerSettings settings)
    {
        var refused = infos
            .Where(info => info.DistinctValues > 0)
            .Where(info => info.Kind == ColumnKind.Text || (info.Kind == ColumnKind.Identifier && Wish(settings, info.Name).Kind is null))
            .Select(info => info.Kind == ColumnKind.Text
                ? $"Column '{info.Name}' holds free text ({info.DistinctValues} different ones), which may name people and cannot be learned: call WithoutColumn(\"{info.Name}\"), or put the text into categories first and call WithCategory(\"{info.Name}\")."
                : $"Column '{info.Name}' holds identifiers ({info.DistinctValues} different values), which name single rows: call WithIdentifier(\"{info.Name}\") to have new ones made, WithoutColumn(\"{info.Name}\") to leave it out, or WithNumber or WithCategory if it is none.")
            .ToList();
        if (refused.Count > 0)
        {
            throw new TableException(string.Join(Environment.NewLine, refused), row: null, infos.First(info => info.Kind is ColumnKind.Text or ColumnKind.Identifier).Name);
        }
    }

    private static ColumnPlan Plan(TableColumn column, TableColumnInfo info, CultureInfo culture, SynthesizerSettings settings, Random random)
    {
        if (info.Kind == ColumnKind.Identifier)
        {
            return new ColumnPlan(info with { Remark = $"Column '{info.Name}' holds identifiers; new ones are made, none of the table's." })
            {
                Renewal = IdentifierRenewal.Of(column.Cells),
            };
        }

        if (info.Kind is ColumnKind.Number or ColumnKind.Date && info.DistinctValues > 0)
        {
            return new ColumnPlan(info)
            {
                Codec = NumberCodecFitting.Fit(new NumberFormat(info, culture), column.Cells, settings.Modes, settings.FewValues, random),
            };
        }

        var codec = CategoryCodec.Of(column.Cells, settings.CategoryLimit);
        return new ColumnPlan(codec.State.Rare.Count == 0 ? info : info with
        {
            Remark = $"Column '{info.Name}' has {info.DistinctValues} categories; the {codec.State.Frequent.Count} most frequent ones are learned, the other {codec.State.Rare.Count} are drawn by their frequency without regard to other columns (WithCategoryLimit).",
        })
        {
            Codec = codec,
        };
    }
}
