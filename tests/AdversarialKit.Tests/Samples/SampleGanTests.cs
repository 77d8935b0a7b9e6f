using MnistGan;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class SampleGanTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("--preset modern", 5 * 87 + 3, false)]
    [InlineData("--preset modern --conditional", 10 * 87 + 3, true)]
    public void Run_FiveIterations_DrawsItsSheetAndExports(string arguments, int sheetSide, bool labels)
    {
        var out1 = _world.InFolder("out");

        Program.Run(
            [.. arguments.Split(' '), "--dataset", "digits", "--iterations", "5", "--batch-size", "8", "--export", "25", "--out", out1],
            _world.Around).Should().Be(0, _world.Error);

        var png = File.ReadAllBytes(Path.Combine(out1, "images", "final.png"));
        ((png[18] << 8) | png[19]).Should().Be(sheetSide, "the width stands there in a PNG file");
        using var images = IdxFile.ReadImages(Path.Combine(out1, OutputFolder.SamplesName));
        images.Values.shape.Should().Equal(25, 1, 28, 28);
        var asked = Path.Combine(out1, "samples.idx1-ubyte.gz");
        File.Exists(asked).Should().Be(labels);
        if (labels)
        {
            using var digits = IdxFile.ReadLabels(asked);
            digits.Values.bytes.ToArray().Should().Equal(Enumerable.Range(0, 25).Select(i => (byte)(i % 10)));
        }
    }

    [Fact]
    public void Create_SameSeed_GivesTheSameImagesWhateverTorchsOwnSeed()
    {
        var options = new Options { Preset = PresetChoice.Modern, Conditional = true, Seed = 7 };

        torch.random.manual_seed(1);
        using var first = SampleGan.Create(options);
        torch.random.manual_seed(2);
        using var second = SampleGan.Create(options);

        using var scope = NewDisposeScope();
        var images = Enumerable.Range(0, 2).Select(i =>
        {
            var sample = i == 0 ? first : second;
            var digits = arange(8, dtype: ScalarType.Int64);
            sample.Gan.TrainStep(new Batch(zeros(8, 1, 28, 28), digits));
            return sample.Gan.Sample(8, digits);
        }).ToArray();
        images[1].Equals(images[0]).Should().BeTrue();
    }

    [Fact]
    public void DrawSheet_Conditional_HasOneRowADigit()
    {
        var options = new Options { Preset = PresetChoice.Modern, Conditional = true, OutputFolder = _world.Folder };
        using var sample = SampleGan.Create(options);
        var asked = new List<long>();
        new Sampler(sample.Gan, options).DrawSheet("sheet.png");

        using var digits = Sampler.RowsOfDigits();
        asked.AddRange(digits.data<long>());
        asked.Should().HaveCount(100);
        asked.Chunk(10).Select(row => row.Distinct().Single()).Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
}
