using Microsoft.Data.Analysis;

namespace AdversarialKit.Tests;

public sealed class DataFramesTests
{
    [Fact]
    public void FromDataFrame_AndBack_KeepsValuesTypesAndWhatIsMissing()
    {
        var frame = new DataFrame(
            new DoubleDataFrameColumn("number", [1.5, null, -2e-7]),
            new BooleanDataFrameColumn("flag", [true, false, null]),
            new DateTimeDataFrameColumn("date", [new DateTime(2025, 1, 2), null, new DateTime(2025, 1, 2, 3, 4, 5)]),
            new StringDataFrameColumn("text", ["a", null, "b, c"]));

        var back = Table.FromDataFrame(frame).ToDataFrame();

        back.Columns.Select(column => column.DataType).Should().Equal(typeof(double), typeof(bool), typeof(DateTime), typeof(string));
        foreach (var column in frame.Columns)
        {
            Enumerable.Range(0, 3).Select(row => back[column.Name][row]).Should().Equal(Enumerable.Range(0, 3).Select(row => column[row]));
        }
    }

    [Theory]
    [InlineData(24.0, "2025-01-02")]
    [InlineData(1.0, "2025-01-01 01:00:00")]
    [InlineData(1 / 3600e3, "2025-01-01 00:00:00.001")]
    public void FromDataFrame_DatesWithMidnights_AreDates(double hours, string second)
    {
        var days = Enumerable.Range(0, 240).Select(i => new DateTime(2025, 1, 1).AddHours(i * hours)).ToArray();
        var table = Table.FromDataFrame(new DataFrame(new DateTimeDataFrameColumn("at", days), new Int32DataFrameColumn("n", Enumerable.Range(0, 240).Select(i => i % 7))));

        using var synthesizer = new TableSynthesizerBuilder().WithEpochs(1).WithBatchSize(50).Fit(table);

        table.Rows.ElementAt(1)["at"].Should().Be(second);
        synthesizer.Columns.Single(column => column.Name == "at").Kind.Should().Be(ColumnKind.Date);
    }

    [Fact]
    public void FromDataFrame_ATypeThatIsNotLearned_SaysWhere()
    {
        var frame = new DataFrame(new PrimitiveDataFrameColumn<DateTimeOffset>("when", [DateTimeOffset.UnixEpoch]));

        var reading = () => Table.FromDataFrame(frame);

        reading.Should().Throw<TableException>()
            .WithMessage("Row 1, column 'when' holds a DateTimeOffset; numbers, bool, DateTime and string can be learned.");
    }
}
