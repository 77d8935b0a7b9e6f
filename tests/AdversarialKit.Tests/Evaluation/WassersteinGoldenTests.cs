using System.Text.Json;
using AdversarialKit.Tests.Golden;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>Against numpy and scipy (Golden/Scripts/make_wasserstein.py).</summary>
public sealed class WassersteinGoldenTests
{
    private const int Images = 6;
    private const int Patches = 9;
    private const int Side = 7;
    private static readonly JsonElement _golden = GoldenFile.Read("wasserstein_golden.json");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Along_EqualOrUnequalNumbers_IsScipys(int index)
    {
        using var scope = NewDisposeScope();
        var golden = _golden.GetProperty("plain")[index];
        var (a, b) = (Points(golden.GetProperty("n").GetInt32(), 0.2), Points(golden.GetProperty("m").GetInt32(), 0.9));

        var distances = SlicedWasserstein.Along(a, b, Directions(5, 12));

        distances.Zip(Numbers(golden, "along"), (found, wanted) => Math.Abs(found - wanted)).Max().Should().BeLessThan(1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Pyramid_ItsPatchesAndDistances_AreNumpys(int level)
    {
        using var scope = NewDisposeScope();
        var golden = _golden.GetProperty("levels")[level];
        var (real, fake) = (LaplacianPyramid.Levels(Real(), 2)[level], LaplacianPyramid.Levels(Fake(), 2)[level]);

        var some = real[TensorIndex.Ellipsis, TensorIndex.Slice(null, null, 5), TensorIndex.Slice(null, null, 7)];
        var (a, b) = (ImagePatches.At(real, Corners(real, 0), Side), ImagePatches.At(fake, Corners(fake, 1), Side));

        Farthest(some, Numbers(golden, "some")).Should().BeLessThan(1e-13);
        Farthest(a[13], Numbers(golden, "patch")).Should().BeLessThan(1e-11);
        SlicedWasserstein.Along(a, b, Directions(147, 20)).Average().Should().BeApproximately(golden.GetProperty("distance").GetDouble(), 1e-11);
    }

    private static double Farthest(Tensor found, double[] wanted)
    {
        var numbers = found.contiguous().data<double>().ToArray();
        numbers.Should().HaveSameCount(wanted);
        return numbers.Zip(wanted, (a, b) => Math.Abs(a - b)).Max();
    }

    private static double[] Numbers(JsonElement golden, string name) => [.. golden.GetProperty(name).EnumerateArray().Select(x => x.GetDouble())];

    private static Tensor Real() => Table([Images, 3, 32, 48], i => Math.Sin((0.23 * i[3] * (1 + (0.1 * i[0]))) + (0.41 * i[2]) + (2 * i[1])) * 0.9);

    private static Tensor Fake() => Table([Images, 3, 32, 48], i => Math.Cos((0.31 * i[3]) + (0.05 * i[0] * i[2]) + i[1]) * Math.Sin((0.2 * i[2]) + i[0]));

    private static Tensor Points(int count, double shift) => Table([count, 5], i => Math.Sin((2.1 * i[0] * (i[1] + 1)) + shift) + (0.3 * shift * i[1]));

    private static Tensor Directions(int width, int count)
    {
        var raw = Table([width, count], i => Math.Sin((1.7 * i[0] * (i[1] + 1)) + (0.3 * i[1] * i[1]) + 1));
        return raw / raw.square().sum(0, keepdim: true).sqrt();
    }

    private static Tensor Corners(Tensor level, int generated)
    {
        var (height, width) = (level.shape[2], level.shape[3]);
        return Table([Images, Patches, 2], i => i[2] == 0
            ? ((5 * i[0]) + (7 * i[1]) + (3 * generated)) % (height - Side + 1)
            : ((11 * i[0]) + (3 * i[1]) + (8 * generated)) % (width - Side + 1)).to(ScalarType.Int64);
    }

    private static Tensor Table(long[] shape, Func<long[], double> value)
    {
        var numbers = new double[shape.Aggregate(1L, (a, b) => a * b)];
        var place = new long[shape.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            var rest = (long)i;
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                (rest, place[axis]) = Math.DivRem(rest, shape[axis]);
            }

            numbers[i] = value(place);
        }

        return tensor(numbers, ScalarType.Float64).reshape(shape);
    }
}
