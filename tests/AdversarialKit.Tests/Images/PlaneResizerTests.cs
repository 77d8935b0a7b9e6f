using System.Text.Json;
using AdversarialKit.Tests.Golden;

namespace AdversarialKit.Tests.Images;

/// <summary>Against Pillow, TensorFlow 1's formula and torch (Golden/Scripts/make_inception.py).</summary>
public sealed class PlaneResizerTests
{
    private const int Side = 299;
    private static readonly JsonElement _golden = GoldenFile.Read("inception_golden.json").GetProperty("resized");

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, _golden.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Resize_AnySize_IsTheReferences(int index)
    {
        var golden = _golden[index];
        var (height, width) = (golden.GetProperty("height").GetInt32(), golden.GetProperty("width").GetInt32());
        var resizing = Enum.Parse<InceptionResizing>(golden.GetProperty("resizing").GetString()!);

        var planes = Resize(resizing, height, width);

        var some = Enumerable.Range(0, planes.Length).Where(i => i % Side % 23 == 0 && i / Side % Side % 23 == 0).Select(i => (double)planes[i]).ToArray();
        var wanted = golden.GetProperty("every23rd").EnumerateArray().Select(x => x.GetDouble()).ToArray();
        some.Should().HaveSameCount(wanted);
        // Pillow's numbers to the last bit but one; the others compute in single precision where we do not.
        some.Zip(wanted, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(resizing == InceptionResizing.Clean ? 2e-5 : 1e-4);
        planes.Average(x => (double)x).Should().BeApproximately(golden.GetProperty("mean").GetDouble(), 1e-5);
        planes.Average(x => (double)x * x).Should().BeApproximately(golden.GetProperty("square").GetDouble(), 1e-3);
    }

    [Fact]
    public void Resize_ToItsOwnSize_ChangesNothing()
    {
        foreach (var resizing in Enum.GetValues<InceptionResizing>())
        {
            var drawing = SmallInception.Drawing(Side, Side);
            var planes = Resize(resizing, Side, Side);

            planes.Select((value, i) => value == drawing[(i % (Side * Side) * 3) + (i / (Side * Side))]).Should().NotContain(false);
        }
    }

    private static float[] Resize(InceptionResizing resizing, int height, int width)
    {
        var resizer = new PlaneResizer(resizing, height, width, Side);
        var planes = new float[3 * Side * Side];
        for (var channel = 0; channel < 3; channel++)
        {
            resizer.Resize(SmallInception.Drawing(height, width).AsSpan(channel), 3, planes.AsSpan(channel * Side * Side, Side * Side));
        }

        return planes;
    }
}
