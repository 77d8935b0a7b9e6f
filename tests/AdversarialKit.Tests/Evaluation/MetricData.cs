using System.Text.Json;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>Samples whose figures are known from elsewhere.</summary>
internal static class MetricData
{
    private static readonly JsonElement Golden = Read("metric_golden.json");

    public static IEnumerable<object[]> FeatureCases => Names("features");

    public static IEnumerable<object[]> ProbabilityCases => Names("class_probabilities");

    public static JsonElement Case(string name) => Golden.GetProperty("features").EnumerateArray()
        .Concat(Golden.GetProperty("class_probabilities").EnumerateArray())
        .Single(item => item.GetProperty("name").GetString() == name);

    public static Tensor Matrix(string name, string key)
    {
        var matrix = Case(name).GetProperty(key);
        var shape = matrix.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64()).ToArray();
        var data = matrix.GetProperty("data").EnumerateArray().Select(e => e.GetDouble()).ToArray();
        return tensor(data, shape, dtype: ScalarType.Float64);
    }

    public static double Number(string name, string key) => Case(name).GetProperty(key).GetDouble();

    public static JsonElement Vector(string id) => Read("loss_vectors.json").GetProperty("vectors").EnumerateArray()
        .Single(item => item.GetProperty("id").GetString() == id).GetProperty("expected");

    /// <summary>X[i, j] = sin(3i + 7j + c ij + 1), 16x4.</summary>
    public static Tensor Sines(double product = 0.5) => Table((i, j) => Math.Sin((3 * i) + (7 * j) + (product * i * j) + 1));

    /// <summary>Y[i, j] = 1.1 cos(2i + 5j + c ij) + 0.05, 16x4.</summary>
    public static Tensor Cosines(double product = 0.3) => Table((i, j) => (1.1 * Math.Cos((2 * i) + (5 * j) + (product * i * j))) + 0.05);

    public static Tensor Normal(long seed, long samples, long width, ScalarType type = ScalarType.Float64)
    {
        using var random = new Generator((ulong)seed);
        return randn(samples, width, dtype: type, generator: random);
    }

    private static Tensor Table(Func<int, int, double> value) =>
        tensor(Enumerable.Range(0, 64).Select(n => value(n / 4, n % 4)).ToArray(), [16, 4], dtype: ScalarType.Float64);

    private static IEnumerable<object[]> Names(string kind) =>
        Golden.GetProperty(kind).EnumerateArray().Select(item => new object[] { item.GetProperty("name").GetString()! });

    private static JsonElement Read(string file) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", file))).RootElement;
}
