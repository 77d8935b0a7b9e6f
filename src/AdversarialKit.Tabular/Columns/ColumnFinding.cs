using System.Globalization;
using System.Text.RegularExpressions;

namespace AdversarialKit;

/// <summary>Finds out what a column holds.</summary>
internal sealed partial class ColumnFinding(Table table)
{
    // Of text: more words than a category's name has, and hardly a value twice.
    private const double WordsOfText = 3;
    private const double DistinctShareOfText = 0.5;
    private const double DistinctShareOfIdentifiers = 0.9;
    private const int LongestCategory = 80;
    private const double NearlyAll = 0.95;

    private readonly CultureInfo _culture = table.Culture;

    /// <summary>
    /// The columns that other tables have as well: as they are known, by what a builder was told or found, and the rest as they are found here.
    /// </summary>
    public List<TableColumnInfo> FindShared(IReadOnlyList<TableColumnInfo> known, params Table[] others) =>
    [
        .. table.Data
            .Where(column => others.All(other => other.Has(column.Name)))
            .Select(column => known.FirstOrDefault(info => info.Name == column.Name) ?? Find(column, new ColumnWish(Kind: null))),
    ];

    public TableColumnInfo Find(TableColumn column, ColumnWish wish)
    {
        var present = column.Cells.OfType<string>().ToList();
        var distinct = new HashSet<string>(present, StringComparer.Ordinal);
        var info = new TableColumnInfo
        {
            Name = column.Name,
            Kind = wish.Kind ?? column.Declared ?? ColumnKind.Category,
            DistinctValues = distinct.Count,
            MissingShare = 1 - ((double)present.Count / Math.Max(1, column.Cells.Length)),
        };
        if (present.Count == 0)
        {
            return info with { Kind = ColumnKind.Category, Remark = $"Column '{column.Name}' has no value in any row; it stays empty." };
        }

        var kind = wish.Kind ?? Guess(column, present, distinct);
        info = info with { Kind = kind };
        if (distinct.Count == 1)
        {
            info = info with { Remark = $"Column '{column.Name}' has the same value, '{Text.Cut(present[0])}', in every row that has one." };
        }

        return kind switch
        {
            ColumnKind.Number => NumberFacts.Of(info, present, Numbers(column), _culture, wish),
            ColumnKind.Date => OfDates(info, column, present, wish),
            ColumnKind.Boolean => CheckFlags(info, column),
            _ => info,
        };
    }

    private ColumnKind Guess(TableColumn column, List<string> present, HashSet<string> distinct)
    {
        var allDifferent = distinct.Count == present.Count && present.Count > 2;
        if (distinct.All(cell => CellText.TryNumber(cell, _culture, out _)))
        {
            return column.Declared ?? (allDifferent && CountsUp(present) ? ColumnKind.Identifier : ColumnKind.Number);
        }

        if (distinct.All(cell => CellText.TryFlag(cell, out _)))
        {
            return ColumnKind.Boolean;
        }

        if (DateFacts.Format(distinct, _culture) is not null)
        {
            return ColumnKind.Date;
        }

        RefuseAlmostNumbers(column, distinct);
        var share = (double)distinct.Count / present.Count;
        if (distinct.Average(cell => cell.Length) > LongestCategory || (share > DistinctShareOfText && distinct.Average(Words) >= WordsOfText))
        {
            return ColumnKind.Text;
        }

        return share > DistinctShareOfIdentifiers && present.Count > 2 ? ColumnKind.Identifier : ColumnKind.Category;
    }

    // Row numbers and keys: whole, none twice, each greater than the one before.
    private bool CountsUp(List<string> cells)
    {
        var last = long.MinValue;
        foreach (var cell in cells)
        {
            if (!long.TryParse(cell, NumberStyles.AllowLeadingSign, _culture, out var number) || number <= last)
            {
                return false;
            }

            last = number;
        }

        return true;
    }

    private static double Words(string cell) => 1 + cell.Count(char.IsWhiteSpace);

    // A column of numbers in the wrong culture, or with a few words in it, would quietly become thousands of categories.
    private void RefuseAlmostNumbers(TableColumn column, HashSet<string> distinct)
    {
        var others = distinct.Where(cell => !CellText.TryNumber(cell, _culture, out _)).ToList();
        if (distinct.Count < 20 || distinct.Count(cell => LooksLikeNumber(cell)) < NearlyAll * distinct.Count)
        {
            return;
        }

        var row = Array.FindIndex(column.Cells, cell => cell is not null && others.Contains(cell)) + 1;
        var cell = column.Cells[row - 1]!;
        throw new TableException(
            LooksLikeNumber(cell)
                ? $"Row {row}, column '{column.Name}': '{Text.Cut(cell)}' is a number in another culture than the table's ({Name(_culture)}); set CsvOptions.Culture, such as new CultureInfo(\"de-DE\"), or call WithCategory(\"{column.Name}\")."
                : $"Row {row}, column '{column.Name}': '{Text.Cut(cell)}' is no number, nearly all other cells are; add it to CsvOptions.Missing if it stands for no value, or call WithCategory(\"{column.Name}\").",
            row,
            column.Name);
    }

    private static bool LooksLikeNumber(string cell) => NumberAnywhere().IsMatch(cell);

    [GeneratedRegex(@"^[-+\u2212]?(\d+|\d{1,3}([.,' \u00A0\u202F\u2019]\d{3})+)([.,]\d+)?$")]
    private static partial Regex NumberAnywhere();

    private TableColumnInfo OfDates(TableColumnInfo info, TableColumn column, List<string> present, ColumnWish wish)
    {
        if (DateFacts.Format(present, _culture) is not { } format)
        {
            // The format of most cells tells which one is the odd one.
            var usual = present.Select(cell => DateFacts.Format([cell], _culture)).OfType<string>().GroupBy(f => f).MaxBy(g => g.Count())?.Key;
            var row = Array.FindIndex(column.Cells, cell => cell is not null && (usual is null || !DateFacts.TrySeconds(cell, usual, _culture, out _))) + 1;
            throw new TableException(
                $"Row {row}, column '{info.Name}': '{Text.Cut(column.Cells[row - 1]!)}' is no date{(usual is null ? "" : $" written as {usual}, as others are")}; call WithCategory(\"{info.Name}\") or write all dates in one way.",
                row,
                info.Name);
        }

        info = info with { DateFormat = format };
        var seconds = present.Select(cell => DateFacts.TrySeconds(cell, format, _culture, out var s) ? s : 0).ToArray();
        return NumberFacts.WithLimits(info with { Step = DateFacts.Step(seconds) }, seconds, wish);
    }

    private double[] Numbers(TableColumn column)
    {
        var numbers = new List<double>(column.Cells.Length);
        for (var row = 0; row < column.Cells.Length; row++)
        {
            if (column.Cells[row] is { } cell)
            {
                numbers.Add(CellText.TryNumber(cell, _culture, out var number) ? number : throw Odd(column, row, cell, "number"));
            }
        }

        return [.. numbers];
    }

    private static TableColumnInfo CheckFlags(TableColumnInfo info, TableColumn column)
    {
        var row = Array.FindIndex(column.Cells, cell => cell is not null && !CellText.TryFlag(cell, out _) && cell is not ("0" or "1"));
        return row < 0 ? info : throw Odd(column, row, column.Cells[row]!, "boolean");
    }

    private static TableException Odd(TableColumn column, int row, string cell, string kind) => new(
        $"Row {row + 1}, column '{column.Name}': '{Text.Cut(cell)}' is no {kind}; add it to CsvOptions.Missing if it stands for no value, or call WithCategory(\"{column.Name}\").",
        row + 1,
        column.Name);

    private static string Name(CultureInfo culture) => culture.Name.Length == 0 ? "the invariant one" : culture.Name;
}
