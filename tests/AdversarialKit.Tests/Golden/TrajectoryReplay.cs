using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

/// <summary>Trains the recorded networks on the recorded inputs through the public API and compares every recorded value.</summary>
internal sealed class TrajectoryReplay : IDisposable
{
    private static readonly string[] PenaltyNames = ["gp", "r1"];

    private readonly JsonElement _file;
    private readonly JsonElement _config;
    private readonly ScalarType _type;
    private readonly Sequential _generator;
    private readonly Sequential _discriminator;
    private readonly ScriptedLatent _latent;
    private readonly Queue<Tensor> _mixing = [];
    private readonly Gan _gan;
    private RecordingOptimizer? _discriminatorOptimizer;
    private RecordingOptimizer? _generatorOptimizer;

    public TrajectoryReplay(string file, ScalarType type, Variant variant = Variant.None)
    {
        _file = GoldenFile.Read(file);
        _config = _file.GetProperty("config");
        _type = type;
        _generator = Network("G", variant);
        _discriminator = Network("D", Variant.None);
        _latent = new ScriptedLatent(_config.GetProperty("latent").GetInt64());
        _gan = Build(variant);
    }

    public enum Variant
    {
        None,
        TorchAdam,
        SharedCounter,
        KerasVariance,
        BiasedVariance,
    }

    public void Compare(JsonElement expected)
    {
        var tolerance = _file.GetProperty("tolerance").GetProperty("suggested")
            .GetProperty(_type == ScalarType.Float64 ? "float64" : "float32");
        foreach (var iteration in expected.GetProperty("iterations").EnumerateArray())
        {
            Step(iteration, expected, tolerance.GetProperty("iterations_abs").GetDouble());
        }

        foreach (var final in expected.GetProperty("final").EnumerateObject())
        {
            CompareState(final.Name == "G" ? _generator : _discriminator, final.Value, tolerance.GetProperty("final_abs").GetDouble());
        }

        CompareEvaluation(expected.GetProperty("eval"), tolerance.GetProperty("eval_abs").GetDouble());
    }

    public void Dispose()
    {
        _gan.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
    }

    private bool IsSeparate => _config.GetProperty("loss").GetString() == "keras_bce";

    private Gan Build(Variant variant)
    {
        var counter = variant == Variant.SharedCounter ? new StepCounter() : null;
        var builder = new GanBuilder()
            .WithGenerator(_generator)
            .WithDiscriminator(_discriminator)
            .WithLatent(_latent)
            .WithDiscriminatorSteps(_config.GetProperty("n_critic").GetInt32())
            .WithFakes(_config.GetProperty("fakes_mode").GetString() == "inference" ? FakeMode.Inference : FakeMode.Training)
            .WithOptimizers(
                discriminator: p => _discriminatorOptimizer = new RecordingOptimizer(p, Adam("opt_d", variant, counter)),
                generator: p => _generatorOptimizer = new RecordingOptimizer(p, Adam("opt_g", variant, counter)));
        return (_config.GetProperty("loss").GetString() switch
        {
            "keras_bce" => builder.WithLoss(AdversarialLoss.BinaryCrossEntropyOnProbabilities())
                .WithDiscriminatorUpdate(DiscriminatorUpdate.Separate),
            "bce_logits" => builder.WithLoss(AdversarialLoss.NonSaturating())
                .WithDiscriminatorUpdate(DiscriminatorUpdate.JointMean),
            "wgan_gp" => builder.WithLoss(AdversarialLoss.Wasserstein())
                .WithPenalty(Penalty.GradientNorm(c => MixRealAndFake(c)), weight: 10),
            "ns_r1" => builder.WithLoss(AdversarialLoss.NonSaturating()).WithPenalty(Penalty.R1(), weight: 1),
            var other => throw new NotSupportedException(other),
        }).Build();
    }

    private Tensor MixRealAndFake(PenaltyContext context)
    {
        var share = _mixing.Dequeue().reshape(-1, 1);
        return (share * context.Real) + ((1 - share) * context.Fake);
    }

    private OptimizerFactory Adam(string key, Variant variant, StepCounter? counter)
    {
        var o = _config.GetProperty(key);
        var (rate, beta1, beta2, epsilon) = (o.GetProperty("lr").GetDouble(), o.GetProperty("beta1").GetDouble(),
            o.GetProperty("beta2").GetDouble(), o.GetProperty("eps").GetDouble());
        return o.GetProperty("type").GetString() == "adam_keras" && variant != Variant.TorchAdam
            ? Optimizers.KerasAdam(rate, beta1, beta2, epsilon, counter)
            : Optimizers.Adam(rate, beta1, beta2, epsilon);
    }

    private void Step(JsonElement expected, JsonElement recorded, double tolerance)
    {
        var index = expected.GetProperty("iter").GetInt32();
        var steps = expected.GetProperty("d_steps").EnumerateArray().ToList();
        for (var c = 0; c < steps.Count; c++)
        {
            var k = (index * steps.Count) + c;
            Script("z_d", k);
            if (_file.GetProperty("data").TryGetProperty("eps", out var mixing))
            {
                _mixing.Enqueue(Row(mixing, k));
            }

            using var real = Row(_file.GetProperty("data").GetProperty("real"), k);
            CompareDiscriminator(_gan.TrainDiscriminator(real), steps[c], tolerance);
        }

        Script("z_g", index);
        using var size = Row(_file.GetProperty("data").GetProperty("real"), 0);
        var generator = _gan.TrainGenerator(size);
        Near(generator.Loss, expected, "g_loss", tolerance);
        Near(_generatorOptimizer!.LastNorm(), expected, "g_grad_norm", tolerance);
        Near(Norm(_discriminator.parameters()), expected, "d_param_l2", tolerance);
        Near(Norm(_generator.parameters()), expected, "g_param_l2", tolerance);
        Near(Norm(_generator.named_buffers().Where(b => b.name.Contains("running")).Select(b => b.buffer)), expected, "g_running_l2", tolerance);
        if (index == 0 && recorded.TryGetProperty("first_iteration_grad_l2_per_parameter", out var norms))
        {
            CompareFirstGradients(norms, tolerance);
        }
    }

    private void CompareDiscriminator(DiscriminatorResult result, JsonElement expected, double tolerance)
    {
        Near(result.Loss, expected, "d_loss", tolerance);
        Near(result.RealLoss, expected, "d_loss_real", tolerance);
        Near(result.FakeLoss, expected, "d_loss_fake", tolerance);
        Near(result.RealAccuracy, expected, "d_acc_real", tolerance);
        Near(result.FakeAccuracy, expected, "d_acc_fake", tolerance);
        Near(result.Accuracy, expected, "acc", tolerance);
        if (IsSeparate)
        {
            Near(_discriminatorOptimizer!.LastNorm(back: 2), expected, "d_grad_norm_real", tolerance);
            Near(_discriminatorOptimizer!.LastNorm(), expected, "d_grad_norm_fake", tolerance);
        }
        else
        {
            Near(_discriminatorOptimizer!.LastNorm(), expected, "d_grad_norm", tolerance);
        }

        foreach (var penalty in PenaltyNames.Where(p => expected.TryGetProperty(p, out _)))
        {
            Near(result.Penalty, expected, penalty, tolerance);
        }
    }

    private void CompareFirstGradients(JsonElement recorded, double tolerance)
    {
        foreach (var network in recorded.EnumerateObject())
        {
            var norms = network.Name switch
            {
                "G" => _generatorOptimizer!.Norms[0],
                "D_fake" => _discriminatorOptimizer!.Norms[1],
                _ => _discriminatorOptimizer!.Norms[0],
            };
            network.Value.EnumerateObject().Select(p => p.Value.GetDouble()).Zip(norms)
                .Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) <= tolerance);
        }
    }

    private static void CompareState(Sequential network, JsonElement expected, double tolerance)
    {
        var state = network.state_dict();
        state.Keys.Should().Contain(expected.EnumerateObject().Select(p => p.Name));
        foreach (var entry in expected.EnumerateObject())
        {
            using var difference = (state[entry.Name].to(ScalarType.Float64) - entry.Value.Tensor(ScalarType.Float64)).abs().max();
            difference.ToDouble().Should().BeLessThanOrEqualTo(tolerance, "of {0}", entry.Name);
        }
    }

    private void CompareEvaluation(JsonElement expected, double tolerance)
    {
        using var latents = _file.GetProperty("data").GetProperty("eval_z").Tensor(_type);
        using var images = _gan.Generate(latents);
        _discriminator.eval();
        using var outputs = _discriminator.call(images).flatten();
        foreach (var (actual, name) in new[] { (images, "images"), (outputs, "d_out_on_images") })
        {
            using var difference = (actual - expected.GetProperty(name).Tensor(_type)).abs().max();
            difference.to(ScalarType.Float64).ToDouble().Should().BeLessThanOrEqualTo(tolerance, "of {0}", name);
        }
    }

    private void Script(string name, int index) => _latent.Enqueue(Row(_file.GetProperty("data").GetProperty(name), index));

    private Tensor Row(JsonElement stored, int index) => stored.Tensor(_type)[index];

    private static double Norm(IEnumerable<Tensor> tensors) =>
        Math.Sqrt(tensors.Sum(t => t.detach().to(ScalarType.Float64).pow(2).sum().ToDouble()));

    private static void Near(double actual, JsonElement expected, string name, double tolerance) =>
        actual.Should().BeApproximately(expected.GetProperty(name).GetDouble(), tolerance, "of {0}", name);

    private Sequential Network(string name, Variant variant)
    {
        var layers = _file.GetProperty("architecture").GetProperty(name).EnumerateArray()
            .Select(layer => (layer.GetProperty("name").GetString()!, Layer(layer, variant))).ToArray();
        var network = nn.Sequential(layers);
        network.to(_type);
        var state = network.state_dict();
        using var noGraph = no_grad();
        foreach (var entry in _file.GetProperty("init").GetProperty(name).EnumerateObject())
        {
            state[entry.Name].copy_(entry.Value.Tensor(ScalarType.Float64));
        }

        return network;
    }

    private static nn.Module<Tensor, Tensor> Layer(JsonElement layer, Variant variant) => layer.GetProperty("type").GetString() switch
    {
        "Linear" => nn.Linear(layer.GetProperty("in").GetInt64(), layer.GetProperty("out").GetInt64()),
        "LeakyReLU" => nn.LeakyReLU(layer.GetProperty("negative_slope").GetDouble()),
        "BatchNorm1d" => Norm(layer, variant),
        "Tanh" => nn.Tanh(),
        "Sigmoid" => nn.Sigmoid(),
        var other => throw new NotSupportedException(other),
    };

    private static nn.Module<Tensor, Tensor> Norm(JsonElement layer, Variant variant)
    {
        var (features, epsilon, momentum) = (layer.GetProperty("num_features").GetInt64(),
            layer.GetProperty("eps").GetDouble(), layer.GetProperty("momentum").GetDouble());
        return variant switch
        {
            Variant.KerasVariance => new VarianceBatchNorm(features, epsilon, momentum, n => n / (n - (1 + epsilon))),
            Variant.BiasedVariance => new VarianceBatchNorm(features, epsilon, momentum, _ => 1),
            _ => nn.BatchNorm1d(features, eps: epsilon, momentum: momentum),
        };
    }
}
