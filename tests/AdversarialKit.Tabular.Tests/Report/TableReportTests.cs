namespace AdversarialKit.Tests;

public sealed class TableReportTests
{
    [Fact]
    public void Html_HasASectionForAllAndEncodesNames()
    {
        var (learned, heldOut, synthetic) = (Named(1), Named(2), Named(3));

        var html = TableReport.Html(new TableReportContent
        {
            Title = "A <table>",
            Learned = learned,
            HeldOut = heldOut,
            Synthetic = synthetic,
            Others = [("nonsense", Named(4))],
            Utility = [new UtilityFigure("synthetic", "shop", "AUC", 0.9876)],
            Columns = [new TableColumnInfo { Name = "x", Kind = ColumnKind.Category, Remark = "Mind <x>." }],
        });

        html.Should().Contain("A &lt;table&gt;").And.NotContain("A <table>").And.Contain("price &lt;EUR&gt;").And.Contain("Mind &lt;x&gt;.");
        html.Should().Contain("<th>nonsense</th>").And.Contain("<td>0.988</td>");
        foreach (var section in new[] { "In short", "Columns", "Pairs", "Privacy", "Remarks" })
        {
            html.Should().Contain($"<h2>{section}</h2>");
        }

        html.Should().NotContain("NaN").And.NotContain("http");
    }

    private static Table Named(int seed)
    {
        var rows = SmallTable.Draw(300, seed);
        return Table.Of(("shop", rows.Rows.Select(row => row["shop"])), ("price <EUR>", rows.Rows.Select(row => row["price"])), ("day", rows.Rows.Select(row => row["day"])), ("note", rows.Rows.Select(row => row["note"])));
    }
}
