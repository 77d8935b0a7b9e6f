using System.Globalization;

namespace AdversarialKit.Tests;

public sealed class NumberCodecTests
{
    [Fact]
    public void Decode_WhatWasEncoded_IsTheSameToTheStep()
    {
        var random = new Random(1);
        var cells = Enumerable.Range(0, 2000).Select(_ => (random.Next(2) == 0 ? 10 : 500 + (100 * random.NextDouble())).ToString("F2", CultureInfo.InvariantCulture)).Cast<string?>().ToArray();
        cells[3] = null;
        var codec = Fit(cells, out var info);

        foreach (var cell in cells)
        {
            var (code, position) = codec.Encode(cell, random);

            codec.Decode(code, position, random).Should().Be(cell);
        }

        info.Step.Should().Be(0.01);
        codec.State.Atoms.Should().Equal(10);
    }

    [Fact]
    public void Fit_FewValues_AreAtomsAlone()
    {
        var codec = Fit(["1", "2", "1", "5"], out _);

        codec.HasPosition.Should().BeFalse();
        codec.State.Atoms.Should().Equal(1, 2, 5);
        codec.CodeOf("2").Should().Be(1);
        codec.CodeOf("3").Should().Be(-1);
    }

    [Fact]
    public void Write_BeyondLimitsAndBetweenSteps_IsOnTheGrid()
    {
        var info = new TableColumnInfo { Name = "c", Kind = ColumnKind.Number, Step = 0.25, Minimum = -1, Maximum = 2.1, Decimals = 2 };
        var format = new NumberFormat(info, CultureInfo.InvariantCulture);

        format.Write(-7).Should().Be("-1.00");
        format.Write(0.13).Should().Be("0.25");
        format.Write(99).Should().Be("2.00");
    }

    [Fact]
    public void Write_Dates_HaveTheColumnsFormat()
    {
        var column = new TableColumn("c", ["24.12.2025", "31.12.2025"]);
        var culture = new CultureInfo("de-DE");
        var info = new ColumnFinding(new Table([column], culture)).Find(column, new ColumnWish(Kind: null));
        var format = new NumberFormat(info, culture);

        format.Write(format.Read("24.12.2025") + (1.4 * 86_400)).Should().Be("25.12.2025");
    }

    private static NumberCodec Fit(string?[] cells, out TableColumnInfo info)
    {
        var column = new TableColumn("c", cells);
        info = new ColumnFinding(new Table([column], CultureInfo.InvariantCulture)).Find(column, new ColumnWish(ColumnKind.Number));
        return NumberCodecFitting.Fit(new NumberFormat(info, CultureInfo.InvariantCulture), cells, modes: 10, fewValues: 20, new Random(1));
    }
}
