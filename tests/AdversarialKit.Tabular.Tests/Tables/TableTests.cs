using System.Globalization;
using System.Text;

namespace AdversarialKit.Tests;

public sealed class TableTests
{
    [Theory]
    [InlineData(
        "a,b\n1,2\n3\n",
        "Row 2 has 1 cells, the header names 2 columns: from column 'b' on, nothing stands there. Cells are separated by ','; if another character does, set CsvOptions.Delimiter.")]
    [InlineData(
        "a,b\n1,2\n3,4,5\n",
        "Row 2 has 3 cells, the header names 2 columns: '5' stands behind the last column, 'b'. A cell that contains ',' has to be enclosed in quotes.")]
    [InlineData(
        "a,b\n1,2\n3,say \"hi\"\n",
        "Row 2, column 'b': a quote stands inside a cell or is never closed; a cell with quotes is enclosed in quotes, and those inside are doubled.")]
    [InlineData(
        "a,b\n1,\"2\n3,4\n",
        "Row 1, column 'b': a quote stands inside a cell or is never closed; a cell with quotes is enclosed in quotes, and those inside are doubled.")]
    [InlineData("a,b,a\n1,2,3\n", "Column 3 is named 'a', as column 1 is; each column needs a name of its own.")]
    [InlineData("a,,c\n1,2,3\n", "Column 2 has no name in the header; each column needs one.")]
    [InlineData("", "The file is empty; its first line has to name the columns.")]
    public void ReadCsv_WhatIsNoCsv_SaysRowAndColumn(string text, string message)
    {
        var reading = () => Csv.Read(text);

        reading.Should().Throw<TableException>().WithMessage(message);
    }

    [Fact]
    public void ReadCsv_RaggedRow_HasRowAndColumnAsData()
    {
        var reading = () => Csv.Read("a,b\n1,2\n3\n");

        var fault = reading.Should().Throw<TableException>().Which;

        fault.Row.Should().Be(2);
        fault.Column.Should().Be("b");
    }

    [Fact]
    public void ReadCsv_QuotedDelimitersLinesAndQuotes_AreKept()
    {
        var table = Csv.Read("a,b\n\"1,5\",\"two\nlines\"\n\"say \"\"hi\"\"\",x\n");

        table[0, "a"].Should().Be("1,5");
        table[0, "b"].Should().Be("two\nlines");
        table[1, "a"].Should().Be("say \"hi\"");
    }

    [Fact]
    public void ReadCsv_ByteOrderMark_IsNotPartOfTheName()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "name,b\n1,2\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        var table = Table.ReadCsv(path);

        File.Delete(path);
        table.Columns.Should().Equal("name", "b");
    }

    [Theory]
    [InlineData("a;b\n1,5;2\n")]
    [InlineData("a\tb\n1,5\t2\n")]
    [InlineData("a|b\n1,5|2\n")]
    public void ReadCsv_OtherDelimiters_AreFound(string text) => Csv.Read(text)[0, "a"].Should().Be("1,5");

    [Fact]
    public void ReadCsv_MissingWords_AreNull()
    {
        var table = Csv.Read("a,b\nNA,\nnull,NaN\n1,2\n");

        table.Rows.Select(row => row["a"]).Should().Equal(null, null, "1");
        table.Rows.Select(row => row["b"]).Should().Equal(null, null, "2");
    }

    [Fact]
    public void WriteCsv_WhatWasRead_IsTheSameAgain()
    {
        const string text = "a,b\n\"1,5\",\"say \"\"hi\"\"\"\n,x\n";

        Csv.Write(Csv.Read(text)).Should().Be(text);
    }

    [Fact]
    public void Row_TypedValues_AreInTheTablesCulture()
    {
        var row = Csv.Read("n;d;f\n1,5;24.12.2025;Yes\n", new CsvOptions { Culture = new CultureInfo("de-DE") }).Rows.Single();

        row.Number("n").Should().Be(1.5);
        row.Date("d").Should().Be(new DateTime(2025, 12, 24));
        row.Flag("f").Should().BeTrue();
    }

    [Fact]
    public void Row_CellOfAnotherKind_SaysWhere()
    {
        var reading = () => Csv.Read("n\n1\nx\n").Rows.Last().Number("n");

        reading.Should().Throw<TableException>().WithMessage("Row 2, column 'n': 'x' is no number.");
    }

    [Fact]
    public void Item_UnknownColumn_NamesThoseThatThereAre()
    {
        var reading = () => Csv.Read("a,b\n1,2\n")[0, "c"];

        reading.Should().Throw<TableException>().WithMessage("There is no column 'c'; the table has 'a', 'b'.");
    }
}
