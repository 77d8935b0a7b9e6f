using System.Globalization;

namespace AdversarialKit.Tests;

public sealed class ColumnFindingTests
{
    [Theory]
    [InlineData(ColumnKind.Number, "3", "-4", "3")]
    [InlineData(ColumnKind.Number, "3.25", "1e5", "3.25")]
    [InlineData(ColumnKind.Boolean, "yes", "No", "no")]
    [InlineData(ColumnKind.Boolean, "TRUE", "false", "true")]
    [InlineData(ColumnKind.Date, "2025-01-31", "2024-02-29", "2024-02-29")]
    [InlineData(ColumnKind.Date, "31.01.2025", "29.02.2024", "29.02.2024")]
    [InlineData(ColumnKind.Date, "2025-01-31T10:00:00", "2024-02-29T11:30:00", "2024-02-29T11:30:00")]
    [InlineData(ColumnKind.Category, "red", "blue", "red")]
    [InlineData(ColumnKind.Identifier, "1", "2", "3")]
    [InlineData(ColumnKind.Identifier, "C-17", "D-18", "X-19")]
    [InlineData(ColumnKind.Text, "the quick brown fox", "jumps over the dog", "and is not seen again")]
    public void Find_Cells_TellTheKind(ColumnKind kind, params string[] cells) => Find(cells).Kind.Should().Be(kind);

    [Theory]
    [InlineData(1, 18, 90, "18", "35", "90")]
    [InlineData(5, 40, 200, "40", "45", "200")]
    [InlineData(0.25, 1, 2.5, "1.00", "1.25", "2.50")]
    [InlineData(0.01, -1.5, 3.33, "-1.5", "3.33", "0.02")]
    [InlineData(100, 1200, 5400, "1200", "1300", "5400")]
    public void Find_Numbers_HaveStepAndLimits(double step, double minimum, double maximum, params string[] cells)
    {
        var info = Find(cells, new ColumnWish(ColumnKind.Number));

        info.Step.Should().BeApproximately(step, 1e-12);
        (info.Minimum, info.Maximum).Should().Be((minimum, maximum));
    }

    [Theory]
    [InlineData("yyyy-MM-ddTHH:mm:ss.fff", "2025-01-01T00:00:00.001")]
    [InlineData("yyyy-MM-ddTHH:mm:ss.fff", "2025-06-30T23:59:59.999")]
    [InlineData("yyyy-MM-dd HH:mm:ss", "1999-12-31 23:59:59")]
    public void Write_ADateThatWasRead_IsItsText(string format, string text)
    {
        DateFacts.TrySeconds(text, format, CultureInfo.InvariantCulture, out var seconds).Should().BeTrue();

        DateFacts.Write(seconds, format, CultureInfo.InvariantCulture).Should().Be(text);
    }

    [Fact]
    public void Find_Wish_OverridesWhatIsFound()
    {
        var info = Find(["3", "4", "3"], new ColumnWish(ColumnKind.Number) { Minimum = 0, Maximum = 10, Step = 0.5 });

        (info.Minimum, info.Maximum, info.Step).Should().Be((0, 10, 0.5));
        Find(["3", "4", "3"], new ColumnWish(ColumnKind.Category)).Kind.Should().Be(ColumnKind.Category);
    }

    [Fact]
    public void Find_LimitsInTheWrongOrder_SaysSo()
    {
        var finding = () => Find(["3", "4"], new ColumnWish(ColumnKind.Number) { Minimum = 9 });

        finding.Should().Throw<TableException>()
            .WithMessage("Column 'c' has the minimum 9 above its maximum 4; give WithNumber limits in order.");
    }

    [Fact]
    public void Find_NumbersOfAnotherCulture_SaysWhichOne()
    {
        var cells = Enumerable.Range(0, 40).Select(i => $"{i},5").ToArray();

        var finding = () => Find(cells);

        finding.Should().Throw<TableException>().WithMessage(
            "Row 1, column 'c': '0,5' is a number in another culture than the table's (the invariant one); set CsvOptions.Culture, such as new CultureInfo(\"de-DE\"), or call WithCategory(\"c\").");
        Find(cells, culture: new CultureInfo("de-DE")).Kind.Should().Be(ColumnKind.Number);
    }

    [Fact]
    public void Find_AWordAmongNumbers_SaysTheRow()
    {
        var cells = Enumerable.Range(0, 40).Select(i => i == 7 ? "unknown" : $"{i % 30}.5").ToArray();

        var finding = () => Find(cells);

        finding.Should().Throw<TableException>().WithMessage(
            "Row 8, column 'c': 'unknown' is no number, nearly all other cells are; add it to CsvOptions.Missing if it stands for no value, or call WithCategory(\"c\").");
    }

    [Theory]
    [InlineData(ColumnKind.Number, "Row 2, column 'c': 'x' is no number; add it to CsvOptions.Missing if it stands for no value, or call WithCategory(\"c\").")]
    [InlineData(ColumnKind.Boolean, "Row 1, column 'c': '2025-01-31' is no boolean; add it to CsvOptions.Missing if it stands for no value, or call WithCategory(\"c\").")]
    [InlineData(ColumnKind.Date, "Row 2, column 'c': 'x' is no date written as yyyy-MM-dd, as others are; call WithCategory(\"c\") or write all dates in one way.")]
    public void Find_AWishThatACellIsNot_SaysTheRow(ColumnKind wish, string message)
    {
        var first = wish == ColumnKind.Number ? "1" : "2025-01-31";

        var finding = () => Find([first, "x"], new ColumnWish(wish));

        finding.Should().Throw<TableException>().WithMessage(message);
    }

    [Fact]
    public void Find_OneValueOrNone_IsRemarked()
    {
        Find(["a", "a"]).Remark.Should().Be("Column 'c' has the same value, 'a', in every row that has one.");
        Find([null, null]).Remark.Should().Be("Column 'c' has no value in any row; it stays empty.");
    }

    private static TableColumnInfo Find(string?[] cells, ColumnWish? wish = null, CultureInfo? culture = null)
    {
        var column = new TableColumn("c", cells);
        return new ColumnFinding(new Table([column], culture ?? CultureInfo.InvariantCulture)).Find(column, wish ?? new ColumnWish(Kind: null));
    }
}
