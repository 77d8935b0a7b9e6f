using System.Globalization;

namespace AdversarialKit.Tests;

public sealed class TableSynthesizerTests
{
    [Fact]
    public void Sample_OfAFittedTable_HasItsColumnsKindsAndLimits()
    {
        using var synthesizer = SmallTable.Builder().Fit(SmallTable.Draw(200));

        var rows = synthesizer.Sample(700);

        rows.RowCount.Should().Be(700);
        rows.Columns.Should().Equal("id", "shop", "price", "large", "day", "note", "empty", "same");
        rows.Rows.Select(row => row["id"]).Should().Equal(Enumerable.Range(201, 700).Select(i => $"{i}"));
        rows.Rows.Select(row => row["shop"]).Should().OnlyContain(shop => shop == "east" || shop == "west");
        rows.Rows.Select(row => row.Number("price")!.Value).Should().OnlyContain(price => price >= 20 && price <= 110 && Math.Abs((price * 10) - Math.Round(price * 10)) < 1e-9);
        rows.Rows.Select(row => row.Date("day")!.Value).Should().OnlyContain(day => day.Year == 2025 && day.TimeOfDay == TimeSpan.Zero);
        rows.Rows.Select(row => row["note"]).Distinct().Should().BeEquivalentTo(["seen", null]);
        rows.Rows.Should().OnlyContain(row => row["empty"] == null && row["same"] == "s");
    }

    [Fact]
    public void Fit_AStrongDependence_IsLearned()
    {
        var (real, heldOut) = (SmallTable.Draw(1000), SmallTable.Draw(1000, seed: 2));
        using var synthesizer = SmallTable.Builder(epochs: 100)
            .WithPacking(1)
            .WithGenerator(latent: 8, widths: [64])
            .WithDiscriminator([64])
            .WithEarlyStop(0, interval: 200, rows: 500)
            .WithOptimizers(Optimizers.Adam(2e-3, 0.5, 0.9), Optimizers.Adam(2e-3, 0.5, 0.9))
            .WithAverage(Ema.Decay(0.99))
            .Fit(real);

        var rows = synthesizer.Sample(1000);

        var pair = TableSimilarity.Compare(heldOut, rows).Pairs.Single(p => p is { First: "shop", Second: "price" });
        pair.RealAssociation.Should().BeGreaterThan(0.85);
        pair.SyntheticAssociation.Should().BeGreaterThan(0.75);
        pair.Similarity.Should().BeGreaterThan(0.8);
        synthesizer.Fitted!.End.Should().Be(TableFitEnd.Completed);
        synthesizer.Fitted.Iterations.Should().Be(2000);
        synthesizer.Fitted.Figures.Should().HaveCount(10);
        synthesizer.Fitted.Losses.Should().HaveCount(200).And.OnlyContain(loss => double.IsFinite(loss.Generator));
    }

    [Fact]
    public void Sample_SameSeeds_AreTheSameRows()
    {
        var real = SmallTable.Draw(200);
        using var first = SmallTable.Builder().WithSeed(5).Fit(real);
        using var second = SmallTable.Builder().WithSeed(5).Fit(real);
        using var other = SmallTable.Builder().WithSeed(6).Fit(real);

        var rows = Csv.Write(first.Sample(50));

        Csv.Write(second.Sample(50)).Should().Be(rows);
        Csv.Write(other.Sample(50)).Should().NotBe(rows);
        Csv.Write(first.Sample(50)).Should().NotBe(rows);
        Csv.Write(first.Sample(50, seed: 9)).Should().Be(Csv.Write(second.Sample(50, seed: 9)));
    }

    [Fact]
    public void Sample_Where_HasTheValuesInAllRows()
    {
        using var synthesizer = SmallTable.Builder().WithRejectionLimit(1000).Fit(SmallTable.Draw(200));

        synthesizer.Sample(100, where: [("shop", "east"), ("note", null), ("same", "s")]).Rows
            .Should().HaveCount(100).And.OnlyContain(row => row["shop"] == "east" && row["note"] == null);
    }

    [Fact]
    public void Sample_WhereARareCategory_HasItInAllRows()
    {
        var real = Table.Of(
            ("city", Enumerable.Range(0, 400).Select(i => $"c{i % 50}").ToArray()),
            ("size", Enumerable.Range(0, 400).Select(i => $"s{i % 7}").ToArray()));
        using var synthesizer = new TableSynthesizerBuilder().WithEpochs(1).WithBatchSize(50).WithCategoryLimit(10).Fit(real);

        synthesizer.Sample(20, where: [("city", "c9")]).Rows.Should().HaveCount(20).And.OnlyContain(row => row["city"] == "c9");
        synthesizer.Sample(20, where: [("city", "c0")]).Rows.Should().HaveCount(20).And.OnlyContain(row => row["city"] == "c0");
    }

    [Fact]
    public void Sample_WhereOneColumnIsToBeTwoThings_SaysSo()
    {
        using var synthesizer = SmallTable.Builder().Fit(SmallTable.Draw(200));

        var sampling = () => synthesizer.Sample(10, where: [("shop", "east"), ("shop", "east"), ("note", "seen"), ("note", null)]);

        sampling.Should().Throw<TableException>().WithMessage("Column 'note' cannot have several values in one row: 'seen', 'none'; draw rows for each of them.");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("k", "new-")]
    public void Sample_WithARuleThatThrowsRowsAway_GivesNoIdentifierTwice(string oldPrefix, string newPrefix)
    {
        var (fitted, looks) = (false, 0);
        var real = SmallTable.Draw(200);
        var named = Table.Of([.. real.Columns.Select(name => (name, real.Rows.Select(row => name == "id" ? oldPrefix + row[name] : row[name])))]);
        using var synthesizer = SmallTable.Builder().WithRule("half", _ => !fitted || looks++ % 2 == 0).Fit(named);
        fitted = true;

        string?[] given = [.. synthesizer.Sample(10).Rows.Concat(synthesizer.Sample(600).Rows).Select(row => row["id"])];

        given.Should().Equal(Enumerable.Range(1, 610).Select(i => newPrefix.Length == 0 ? $"{200 + i}" : $"{newPrefix}{i:D6}"));
    }

    [Fact]
    public void Fit_CategoriesAlone_LearnsThem()
    {
        string[] Cells(int kinds) => [.. Enumerable.Range(0, 200).Select(i => $"c{i % kinds}")];
        using var synthesizer = new TableSynthesizerBuilder().WithEpochs(1).WithBatchSize(50).Fit(Table.Of(("a", Cells(3)), ("b", Cells(7))));

        synthesizer.Sample(20).Rows.Should().HaveCount(20).And.OnlyContain(row => row["a"]!.StartsWith('c') && row["b"]!.StartsWith('c'));
    }

    [Fact]
    public void Fit_ColumnsOfOneModeEach_LearnsWithoutConditions()
    {
        var random = new Random(1);
        string[] Uniform() => [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble().ToString("F6", CultureInfo.InvariantCulture))];
        using var synthesizer = new TableSynthesizerBuilder().WithModes(1).WithEpochs(1).WithBatchSize(50).Fit(Table.Of(("x", Uniform()), ("y", Uniform())));

        synthesizer.Sample(20).Rows.Should().HaveCount(20).And.OnlyContain(row => row.Number("x") >= 0 && row.Number("x") <= 1);
    }

    [Theory]
    [InlineData("shop", "north", "No row has the value 'north' in column 'shop'; its values are 'west', 'east'.")]
    [InlineData("shop", null, "No row has a missing value in column 'shop'; its values are 'west', 'east'.")]
    [InlineData("price", "25", "Column 'price' holds numbers, and '25' is none that many rows share; give a rule to the builder (WithRule) to have rows of a range.")]
    [InlineData("id", "3", "Column 'id' holds identifiers, which are made anew; rows cannot be drawn by them.")]
    [InlineData("size", "3", "There is no column 'size'; the synthesizer has 'id', 'shop', 'price', 'large', 'day', 'note', 'empty', 'same'.")]
    public void Sample_WhereOnWhatThereIsNot_SaysWhatThereIs(string column, string? value, string message)
    {
        using var synthesizer = SmallTable.Builder().Fit(SmallTable.Draw(200));

        var sampling = () => synthesizer.Sample(10, where: [(column, value)]);

        sampling.Should().Throw<TableException>().WithMessage(message);
    }

    [Fact]
    public void Sample_WithARule_ObeysIt()
    {
        using var synthesizer = SmallTable.Builder()
            .WithRule("the east is dear", row => row["shop"] != "east" || row.Number("price") > 50)
            .Fit(SmallTable.Draw(200));

        synthesizer.Sample(300).Rows.Should().HaveCount(300).And.OnlyContain(row => row["shop"] != "east" || row.Number("price") > 50);
    }

    [Fact]
    public void Fit_ARuleThatRealRowsBreak_SaysTheRow()
    {
        var fitting = () => SmallTable.Builder().WithRule("few", row => int.Parse(row["id"]!, CultureInfo.InvariantCulture) < 199).Fit(SmallTable.Draw(200));

        fitting.Should().Throw<TableException>().WithMessage(
            "Row 199 breaks the rule 'few', as 1 others of 200 do; real rows have to obey what synthetic ones shall. Take them out, or the rule.");
    }

    [Fact]
    public void Sample_ARuleThatNothingObeys_EndsAndSaysWhy()
    {
        var fitted = false;
        using var synthesizer = SmallTable.Builder().WithRule("never", _ => !fitted).Fit(SmallTable.Draw(200));
        fitted = true;

        var sampling = () => synthesizer.Sample(10);

        sampling.Should().Throw<TableException>()
            .WithMessage("Of * rows 0 could be kept: * broke the rule 'never'. One in 100 is the least; raise WithRejectionLimit, or ask for less.");
    }

    [Fact]
    public void Load_AfterRowsWereDrawn_GoesOnBehindThem()
    {
        var path = Path.GetTempFileName();
        using var synthesizer = SmallTable.Builder().WithSeed(5).Fit(SmallTable.Draw(200));
        var drawn = synthesizer.Sample(20);
        synthesizer.Save(path);

        using var loaded = TableSynthesizer.Load(path);
        var more = loaded.Sample(20);

        more.Rows.Select(row => row["id"]).Should().Equal(Enumerable.Range(221, 20).Select(i => $"{i}"));
        Csv.Write(more.Without("id")).Should().NotBe(Csv.Write(drawn.Without("id")));
        File.Delete(path);
    }

    [Theory]
    [InlineData(0.0, null)]
    [InlineData(0.0, 0.5)]
    public void Sample_NumberWithAToldMinimum_StaysOnTheGrid(double minimum, double? step)
    {
        var real = Table.Of(
            ("price", Enumerable.Range(0, 200).Select(i => step is null ? $"{i % 30}.99" : $"{i % 30}").ToArray()),
            ("kind", Enumerable.Range(0, 200).Select(i => $"k{i % 3}").ToArray()));
        using var synthesizer = new TableSynthesizerBuilder().WithEpochs(1).WithBatchSize(50).WithNumber("price", minimum: minimum, step: step).Fit(real);

        var prices = synthesizer.Sample(300).Rows.Select(row => row["price"]!).ToList();

        prices.Should().OnlyContain(price => step == null ? price.EndsWith(".99", StringComparison.Ordinal) : price.EndsWith(".0", StringComparison.Ordinal) || price.EndsWith(".5", StringComparison.Ordinal));
        prices.Distinct().Should().HaveCountGreaterThan(5);
    }

    [Fact]
    public void Fit_ARuleOnAColumnThatIsLeftOut_SaysSoBeforeItTrains()
    {
        var fitting = () => SmallTable.Builder().WithoutColumn("price").WithRule("dear", row => row.Number("price") > 0).Fit(SmallTable.Draw(200));

        fitting.Should().Throw<TableException>().WithMessage("There is no column 'price'*");
    }

    [Fact]
    public void Load_WhatWasSaved_DrawsTheSameRows()
    {
        var path = Path.GetTempFileName();
        using var synthesizer = SmallTable.Builder().WithRule("any", _ => true).Fit(SmallTable.Draw(200));
        synthesizer.Save(path);

        using var loaded = TableSynthesizer.Load(path, new TableRule("any", _ => true));

        Csv.Write(loaded.Sample(100, seed: 3)).Should().Be(Csv.Write(synthesizer.Sample(100, seed: 3)));
        loaded.Columns.Should().Equal(synthesizer.Columns);
        loaded.Fitted.Should().BeNull();
        var withoutRules = () => TableSynthesizer.Load(path);
        withoutRules.Should().Throw<TableException>().WithMessage($"'{path}' was fitted with the rules 'any', whose code no file can hold; give them to Load.");
        File.Delete(path);
    }

    [Fact]
    public void Load_AnotherFile_SaysSo()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "no synthesizer");

        var loading = () => TableSynthesizer.Load(path);

        loading.Should().Throw<TableException>().WithMessage($"'{path}' is not what TableSynthesizer.Save writes, or is damaged: * Save the synthesizer again.");
        File.Delete(path);
    }

    [Fact]
    public void Fit_OneRow_SaysHowManyAreNeeded()
    {
        var fitting = () => TableSynthesizer.Fit(Csv.Read("a,b\n1,2\n"));

        fitting.Should().Throw<TableException>()
            .WithMessage("The table has 1 row; at least 100 are needed to learn from, and fewer could only be copied.");
    }

    [Fact]
    public void Fit_NothingButConstants_SaysSo()
    {
        var fitting = () => TableSynthesizer.Fit(SmallTable.Draw(200).Only("empty", "same"));

        fitting.Should().Throw<TableException>().WithMessage("No column of the table has more than one value: there is nothing to learn in 'empty', 'same'.");
    }

    [Fact]
    public void Fit_IdentifiersAndText_AreRefusedTogetherWithWhatToCall()
    {
        var words = Enumerable.Range(0, 200).Select(i => $"the customer {i} called twice");
        var table = Table.Of(("key", Enumerable.Range(0, 200).Select(i => $"K{i}")), ("call", words), ("n", Enumerable.Range(0, 200).Select(i => $"{i % 7}")));

        var fitting = () => TableSynthesizer.Fit(table);

        fitting.Should().Throw<TableException>().WithMessage(
            "Column 'key' holds identifiers (200 different values), which name single rows: call WithIdentifier(\"key\") to have new ones made, WithoutColumn(\"key\") to leave it out, or WithNumber or WithCategory if it is none.\n" +
            "Column 'call' holds free text (200 different ones), which may name people and cannot be learned: call WithoutColumn(\"call\"), or put the text into categories first and call WithCategory(\"call\").");
    }

    [Fact]
    public void Fit_AColumnThatThereIsNot_SaysWhatThereIs()
    {
        var fitting = () => SmallTable.Builder().WithNumber("weight").Fit(SmallTable.Draw(200));

        fitting.Should().Throw<TableException>()
            .WithMessage("The builder was told about a column 'weight'; the table has 'id', 'shop', 'price', 'large', 'day', 'note', 'empty', 'same'.");
    }

    [Fact]
    public void Fit_Cancelled_KeepsWhatWasLearned()
    {
        using var source = new CancellationTokenSource();
        var progress = new Cancelling(source);

        using var synthesizer = SmallTable.Builder(epochs: 1000).Fit(SmallTable.Draw(200), progress, source.Token);

        synthesizer.Fitted!.End.Should().Be(TableFitEnd.Cancelled);
        synthesizer.Fitted.Iterations.Should().Be(10);
        synthesizer.Sample(5).RowCount.Should().Be(5);
    }

    [Fact]
    public void Fit_FiguresThatGetNoBetter_EndIt()
    {
        using var synthesizer = SmallTable.Builder(epochs: 1000)
            .WithEarlyStop(patience: 1, interval: 10, rows: 100)
            .WithOptimizers(Optimizers.Sgd(1e-12), Optimizers.Sgd(1e-12))
            .Fit(SmallTable.Draw(200));

        synthesizer.Fitted!.End.Should().Be(TableFitEnd.NoBetter);
        synthesizer.Fitted.Iterations.Should().BeLessThan(1000);
        synthesizer.Fitted.BestIteration.Should().BeLessThan(synthesizer.Fitted.Iterations);
    }

    private sealed class Cancelling(CancellationTokenSource source) : IProgress<TableFitProgress>
    {
        public void Report(TableFitProgress value) => source.Cancel();
    }
}
