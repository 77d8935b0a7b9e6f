using Tables;

namespace AdversarialKit.Tests;

public sealed class TablesSampleTests
{
    [Theory]
    [InlineData("insurance")]
    [InlineData("sensors")]
    [InlineData("orders")]
    public void Of_ALaw_LearnsNoRowThatIsHeldOut(string name)
    {
        var task = TableTask.Of(Program.Laws.Single(law => law.Name == name), 500);

        Lines(task.Learned).Should().NotIntersectWith(Lines(task.HeldOut));
    }

    [Fact]
    public void Of_ARealTable_HoldsOutTheOtherHalf()
    {
        var table = SmallTable.Draw(300);

        var task = TableTask.Of("small", "shop", table);

        Lines(task.Learned).Should().NotIntersectWith(Lines(task.HeldOut));
        Lines(task.Learned).Concat(Lines(task.HeldOut)).Should().BeEquivalentTo(Lines(table));
    }

    [Fact]
    public void Of_ATrial_JudgesByAModelThatNeverSawTheHeldOutRows()
    {
        string[] names = ["shop", "price", "large", "note"];
        var (learned, heldOut) = (SmallTable.Draw(500).Only(names), SmallTable.Draw(500, seed: 2).Only(names));
        // In these the shops have changed places: who had seen them would know, who had not is wrong in all of them.
        var changed = heldOut.Data.Skip(1)
            .Select(column => (column.Name, (IEnumerable<string?>)column.Cells))
            .Prepend(("shop", heldOut.Rows.Select(row => row["shop"] == "east" ? "west" : "east")));

        var trial = Trial.Of("real", learned, new TableTask("small", "shop", learned, Table.Of([.. changed])), columns: []);

        trial.Utility.Should().BeLessThan(0.01);
        Trial.Of("real", learned, new TableTask("small", "shop", learned, heldOut), columns: []).Utility.Should().BeGreaterThan(0.99);
    }

    [Fact]
    public void Run_AnExperiment_HasNothingOfTheHeldOutRowsInRowsAndSynthesizer()
    {
        var (folder, texts) = (Directory.CreateTempSubdirectory(), new List<string>());
        var learned = SmallTable.Draw(300).Only("id", "shop", "price", "note");
        var heldOut = Table.Of(
            ("id", learned.Rows.Select(row => row["id"])),
            ("shop", learned.Rows.Select(row => row["shop"])),
            ("price", Enumerable.Repeat("7777.7", 300)),
            ("note", Enumerable.Repeat("heldout", 300)));

        Experiment.Run(
            new TableTask("small", "shop", learned, heldOut), new Settings(300, 1, folder.FullName, 1), SmallTable.Builder(), TextWriter.Null);

        using var synthesizer = System.IO.Compression.ZipFile.OpenRead(Path.Combine(folder.FullName, "small.tables"));
        foreach (var part in synthesizer.Entries.Select(entry => entry.Open()).Append(File.OpenRead(Path.Combine(folder.FullName, "small.csv"))))
        {
            using var reader = new StreamReader(part, System.Text.Encoding.Latin1);
            texts.Add(reader.ReadToEnd());
        }

        texts.Should().HaveCountGreaterThan(2).And.OnlyContain(text => !text.Contains("heldout") && !text.Contains("7777.7"));
        texts.Count(text => text.Contains("west")).Should().Be(2, "the values that were learned stand in the rows and in the synthesizer's description");
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Score_OfAModel_IsHighWhereTheTargetIsInTheRowsAndHalfWhereItIsNot()
    {
        var (learned, heldOut) = (SmallTable.Draw(500), SmallTable.Draw(500, seed: 2));
        var model = new UtilityModel(learned, "shop");

        model.Measure.Should().Be("AUC");
        model.Score(learned, heldOut).Should().BeGreaterThan(0.99);
        model.Score(IndependentColumns.Sample(learned, 500, 1), heldOut).Should().BeInRange(0.2, 0.8);
    }

    [Fact]
    public void Sample_GaussianCopula_KeepsColumnsAndARisingDependence()
    {
        var random = new Random(1);
        var numbers = Enumerable.Range(0, 2000).Select(_ => random.NextDouble()).ToArray();
        var table = Table.Of(("a", numbers.Select(n => $"{n:F3}")), ("b", numbers.Select(n => $"{n + (0.1 * random.NextDouble()):F3}")));

        var figures = TableSimilarity.Compare(table, new GaussianCopula(table, 1).Sample(2000, 2));

        figures.ColumnSimilarity.Should().BeGreaterThan(0.95);
        figures.PairSimilarity.Should().BeGreaterThan(0.85);
        TableSimilarity.Compare(table, IndependentColumns.Sample(table, 2000, 2)).PairSimilarity.Should().BeLessThan(0.5);
    }

    [Fact]
    public void Run_ASmallCsvFile_WritesReportRowsAndSynthesizer()
    {
        var folder = Directory.CreateTempSubdirectory();
        var path = Path.Combine(folder.FullName, "small.csv");
        SmallTable.Draw(400).Without("id").WriteCsv(path);
        using var output = new StringWriter();

        var code = Program.Command(output, output)
            .Parse([path, "--target", "shop", "--without", "empty", "--epochs", "2", "--out", folder.FullName]).Invoke();

        code.Should().Be(0, output.ToString());
        output.ToString().Should().Contain("| synthetic |").And.Contain("| Gaussian copula |");
        File.ReadAllText(Path.Combine(folder.FullName, "small.html")).Should().Contain("Gaussian copula");
        Table.ReadCsv(Path.Combine(folder.FullName, "small.csv")).Columns.Should().Equal("shop", "price", "large", "day", "note", "same");
        using var loaded = TableSynthesizer.Load(Path.Combine(folder.FullName, "small.tables"));
        loaded.Sample(3).RowCount.Should().Be(3);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Run_WhatIsNoTable_SaysWhatThereIs()
    {
        using var output = new StringWriter();

        Program.Command(TextWriter.Null, output).Parse(["nothing.csv"]).Invoke().Should().Be(1);

        output.ToString().Trim().Should().Be("'nothing.csv' is none of insurance, sensors, orders; for a CSV file, name the column to foretell with --target.");
    }

    private static List<string> Lines(Table table) => [.. table.Rows.Select(row => string.Join('|', table.Columns.Select(column => row[column])))];
}
