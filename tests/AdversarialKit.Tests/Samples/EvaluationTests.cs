using System.Text.Json.Nodes;
using MnistGan;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class EvaluationTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Run_DigitsInAFile_StandBetweenRealOnesAndNoise()
    {
        var file = Write("samples.idx3-ubyte.gz", 200);

        var rows = Evaluate(file).Rows;

        rows.Select(row => row.Name).Should().Equal("real training set", "real test set", "these images", "noise");
        var (real, drawn, noise) = (rows[1].Quality, rows[2].Quality, rows[3].Quality);
        noise.Frechet.Should().BeGreaterThan(3 * real.Frechet).And.BeGreaterThan(3 * drawn.Frechet);
        noise.Coverage.Should().BeLessThan(0.1);
        real.Coverage.Should().BeGreaterThan(0.7);
        real.Modes.Should().Be(10);
    }

    [Fact]
    public void Run_DigitsInAFile_PrintsATableAndWritesJson()
    {
        var report = Evaluate(Write("samples.idx3-ubyte", 200));

        var lines = _world.Output.Split(Environment.NewLine);
        lines[0].Should().StartWith("Training the judge: 0 %");
        lines.Should().ContainSingle(line => line.StartsWith("                    images   Frechet       KID   score   conf.   prec.  recall   dens.  cover.  modes  class KL"));
        lines.Should().ContainSingle(line => line.StartsWith("these images           200"));
        lines[^2].Should().Be($"Figures: {_world.InFolder("figures.json")}");
        var json = JsonNode.Parse(File.ReadAllText(_world.InFolder("figures.json")))!;
        json["rows"]![2]!["quality"]!["frechet"]!.GetValue<double>().Should().Be(report.Rows[2].Quality.Frechet);
        json["judge"]!["accuracy"]!.GetValue<double>().Should().BeInRange(0.5, 1);
    }

    [Fact]
    public void Run_TrainingImages_AreToldToBeCopies()
    {
        using var data = TinyJudge.Data();
        IdxFile.WriteImages(_world.InFolder("copies.idx3-ubyte"), data.Training.Images.narrow(0, 0, 200));

        var copied = Evaluate(_world.InFolder("copies.idx3-ubyte")).Copies!;
        var fresh = Evaluate(Write("samples.idx3-ubyte", 200)).Copies!;

        (copied.CloserShare, copied.ExactCopies).Should().Be((1, 200));
        fresh.CloserShare.Should().BeInRange(0.3, 0.7);
        fresh.ExactCopies.Should().Be(0);
        _world.Output.Should().Contain("in 100.0 % of all pairs (50 %: as new ones; near 100 %: copies); 200 equal one of it.");
    }

    [Fact]
    public void Run_SecondTime_TakesTheJudgeFromTheCache()
    {
        var file = Write("samples.idx3-ubyte", 200);
        var first = Evaluate(file);
        var before = _world.Output.Length;

        var second = Evaluate(file);

        _world.Output[before..].Should().NotContain("Training the judge");
        second.Rows[2].Quality.Frechet.Should().Be(first.Rows[2].Quality.Frechet);
    }

    [Fact]
    public void Run_LabelsBeside_TellsHowOftenTheDigitIsTheOneAskedFor()
    {
        var file = Write("samples.idx3-ubyte", 200, out var digits);
        IdxFile.WriteLabels(_world.InFolder("samples.idx1-ubyte"), digits.Labels);
        digits.Dispose();

        var rows = Evaluate(file).Rows;

        rows[2].Agreement.Should().BeInRange(0.5, 1);
        rows[1].Agreement.Should().BeNull();
        _world.Output.Should().Contain("The judge sees the class that was asked for on ");
    }

    [Fact]
    public void Run_LabelsOfAnotherCount_IsRefused()
    {
        var file = Write("samples.idx3-ubyte", 200);
        using (var labels = zeros(3, dtype: ScalarType.Int64))
        {
            IdxFile.WriteLabels(_world.InFolder("samples.idx1-ubyte"), labels);
        }

        FluentActions.Invoking(() => Evaluate(file)).Should().Throw<UserErrorException>()
            .WithMessage($"{_world.InFolder("samples.idx1-ubyte")} holds 3 labels, but {file} holds 200 images.");
    }

    [Fact]
    public void Run_FewImages_IsRefused()
    {
        var file = Write("few.idx3-ubyte", 99);

        FluentActions.Invoking(() => Evaluate(file)).Should().Throw<UserErrorException>()
            .WithMessage($"{file} holds 99 images; at least 100 are needed, better 10,000.");
    }

    private Judgement Evaluate(string file)
    {
        var options = new Options { File = file, Json = _world.InFolder("figures.json"), Judge = TinyJudge.Settings };
        return EvaluateCommand.Run(options, _world.Around, TinyJudge.Data, CancellationToken.None);
    }

    private string Write(string name, int count)
    {
        var path = Write(name, count, out var digits);
        digits.Dispose();
        return path;
    }

    private string Write(string name, int count, out ImageDataSet digits)
    {
        digits = ImageDataSets.DrawnDigits(count, seed: 13);
        IdxFile.WriteImages(_world.InFolder(name), digits.Images);
        return _world.InFolder(name);
    }
}
