using System.Globalization;

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

    [Fact]
    public void Html_InACultureOfDecimalCommas_IsTheSame()
    {
        var content = new TableReportContent
        {
            Title = "t",
            Learned = Named(1),
            HeldOut = Named(2),
            Synthetic = Named(3),
            Fit = new TableFit
            {
                End = TableFitEnd.Completed,
                Iterations = 20,
                BestIteration = 20,
                Elapsed = TimeSpan.FromSeconds(1),
                Losses = [new TableLoss(10, 1.25, 0.75), new TableLoss(20, 1.5, 0.5)],
                Figures = [new TableFigure(10, 0.875, 0.75), new TableFigure(20, 0.9, 0.8)],
            },
        };
        var (html, culture) = (TableReport.Html(content), CultureInfo.CurrentCulture);

        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            TableReport.Html(content).Should().Be(html);
            CultureInfo.CurrentCulture.Name.Should().Be("de-DE");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static Table Named(int seed)
    {
        var rows = SmallTable.Draw(300, seed);
        return Table.Of(("shop", rows.Rows.Select(row => row["shop"])), ("price <EUR>", rows.Rows.Select(row => row["price"])), ("day", rows.Rows.Select(row => row["day"])), ("note", rows.Rows.Select(row => row["note"])));
    }
}
