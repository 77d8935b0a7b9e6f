using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

/// <summary>Holds a run of a system against a recorded one: losses, gradient norms, checksums, final weights, evaluations.</summary>
internal sealed class GoldenRun
{
    private readonly JsonElement _tolerance;
    private readonly Dictionary<string, RecordingOptimizer> _optimizers = [];

    public GoldenRun(string file, ScalarType type)
    {
        File = GoldenFile.Read(file);
        Type = type;
        Config = File.GetProperty("config");
        var name = type == ScalarType.Float64 ? "float64" : "float32";
        Expected = File.GetProperty("expected").GetProperty(name);
        _tolerance = File.GetProperty("tolerance").GetProperty("suggested").GetProperty(name);
    }

    public JsonElement File { get; }

    public JsonElement Config { get; }

    public JsonElement Expected { get; }

    public ScalarType Type { get; }

    public int Iterations => Config.GetProperty("iterations").GetInt32();

    public JsonElement Iteration(int index) => Expected.GetProperty("iterations")[index];

    public double Number(string name) => Config.GetProperty(name).GetDouble();

    /// <summary>The recorded Adam, which writes down the gradients that it is given.</summary>
    public OptimizerFactory Adam(string key, string? record = null)
    {
        var o = Config.GetProperty(key);
        var decay = o.TryGetProperty("weight_decay", out var value) ? value.GetDouble() : 0;
        var (rate, beta1, beta2, epsilon) = (o.GetProperty("lr").GetDouble(), o.GetProperty("beta1").GetDouble(), o.GetProperty("beta2").GetDouble(), o.GetProperty("eps").GetDouble());
        OptimizerFactory inner = decay == 0
            ? Optimizers.Adam(rate, beta1, beta2, epsilon)
            : p => optim.Adam(p, rate, beta1, beta2, epsilon, decay);
        return p => _optimizers[record ?? key] = new RecordingOptimizer(p, inner);
    }

    /// <summary>A row of recorded data, as a batch.</summary>
    public Tensor Data(string name, int index) => File.GetProperty("data").GetProperty(name).Tensor(Type)[index];

    public Tensor Data(string name) => File.GetProperty("data").GetProperty(name).Tensor(Type);

    public int[] Integers(string name, int index) =>
        [.. File.GetProperty("data").GetProperty(name).Tensor(ScalarType.Int64)[index].data<long>().ToArray().Select(number => (int)number)];

    public void Losses(JsonElement expected, StepNumbers numbers, params (string Recorded, string Reported)[] names)
    {
        foreach (var (recorded, reported) in names)
        {
            if (expected.GetProperty(recorded).ValueKind == JsonValueKind.Null)
            {
                numbers.Has(reported).Should().BeFalse("'{0}' is not due", reported);
            }
            else
            {
                Near(numbers[reported], expected, recorded, "losses_abs");
            }
        }
    }

    public void GradientNorm(JsonElement expected, StepNumbers numbers, string recorded, string optimizer)
    {
        Near(numbers.GradientNorm, expected, recorded, "grad_norms_abs");
        Near(_optimizers[optimizer].LastNorm(), expected, recorded, "grad_norms_abs");
    }

    public void Checksums(JsonElement expected, params (string Name, nn.Module Network)[] networks)
    {
        foreach (var (name, network) in networks)
        {
            var recorded = expected.GetProperty("checksums").GetProperty(name);
            var trainable = File.GetProperty("init").GetProperty(name).EnumerateObject().Select(entry => entry.Name)
                .Where(entry => !entry.Contains("running", StringComparison.Ordinal) && !entry.Contains("num_batches", StringComparison.Ordinal));
            var state = network.state_dict();
            using var flat = cat([.. trainable.Select(entry => state[entry].detach().to(ScalarType.Float64).flatten())]);
            using var weights = arange(flat.numel(), dtype: ScalarType.Float64).remainder(7) - 3;
            Near(flat.norm().ToDouble(), recorded, "l2", "checksums_abs");
            Near(flat.sum().ToDouble(), recorded, "sum", "checksums_abs");
            Near((flat * weights).sum().ToDouble(), recorded, "wsum", "checksums_abs");
            if (recorded.TryGetProperty("buffers_l2", out _))
            {
                using var buffers = cat([.. state.Where(entry => entry.Key.Contains("running", StringComparison.Ordinal)).Select(entry => entry.Value.to(ScalarType.Float64).flatten())]);
                Near(buffers.norm().ToDouble(), recorded, "buffers_l2", "checksums_abs");
            }
        }
    }

    /// <summary>The norm of each parameter's gradient in the first step of each optimizer.</summary>
    public void FirstGradients()
    {
        foreach (var optimizer in Expected.GetProperty("first_gradients_l2").EnumerateObject())
        {
            var norms = _optimizers[optimizer.Name].Norms[0];
            var recorded = optimizer.Value.EnumerateObject().Select(parameter => parameter.Value.GetDouble()).ToList();
            norms.Should().HaveCount(recorded.Count);
            norms.Zip(recorded).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= Allowed("grad_norms_abs"), "of {0}", optimizer.Name);
        }
    }

    public void Final(string name, IReadOnlyDictionary<string, Tensor> state, JsonElement? expected = null)
    {
        foreach (var entry in (expected ?? Expected).GetProperty("final").GetProperty(name).EnumerateObject())
        {
            Near(state[entry.Name], entry.Value, "final_abs", $"{name}.{entry.Name}");
        }
    }

    public void FinalDifference(double difference, string name) => difference.Should().BeLessThanOrEqualTo(Allowed("final_abs"), "of {0}", name);

    public void Evaluation(string name, Tensor actual, JsonElement? expected = null) =>
        Near(actual, (expected ?? Expected).GetProperty("eval").GetProperty(name), "eval_abs", name);

    public void Near(double actual, JsonElement expected, string name, string tolerance) =>
        actual.Should().BeApproximately(expected.GetProperty(name).GetDouble(), Allowed(tolerance), "of {0}", name);

    private void Near(Tensor actual, JsonElement expected, string tolerance, string name)
    {
        using var recorded = expected.Tensor(ScalarType.Float64);
        actual.shape.Should().Equal(recorded.shape, "of {0}", name);
        using var difference = (actual.detach().to(ScalarType.Float64) - recorded).abs().max();
        difference.ToDouble().Should().BeLessThanOrEqualTo(Allowed(tolerance), "of {0}", name);
    }

    private double Allowed(string name) => _tolerance.GetProperty(name).GetDouble();
}
