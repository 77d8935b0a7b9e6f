using System.Text.Json;
using AdversarialKit.Tests.Golden;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>That the layers here are those of two recorded systems: their networks, with path length and Gumbel draws, give the recorded numbers.</summary>
public sealed class GoldenSystemLayersTests
{
    private readonly JsonElement _style = GoldenFile.Read("sys_13_stylegan.json");
    private readonly JsonElement _table = GoldenFile.Read("sys_16_ctgan.json");

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void StyleLayers_WithTheFinalWeights_MakeTheRecordedImages(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var golden = _style.GetProperty("expected").GetProperty(type.ToString().ToLowerInvariant());
        using var generator = new GoldenStyleGenerator();
        generator.to(type);
        Load(generator, golden.GetProperty("final").GetProperty("G"), StyleName);
        var data = Draws("eval", 0, type);

        var images = generator.Image(generator.Styles(data.Z, data.Z2, data.Crossover), data.Noise3, data.Noise6);

        images.ShouldBeClose(Numbers(golden.GetProperty("eval").GetProperty("images")), Tolerance(_style, type, "eval_abs"));
    }

    [Fact]
    public void StyleLayers_PathLengthOfTheFirstIteration_HasTheRecordedGradients()
    {
        using var scope = NewDisposeScope();
        var golden = _style.GetProperty("expected").GetProperty("float64");
        var first = golden.GetProperty("iterations")[0];
        using var generator = new GoldenStyleGenerator();
        using var discriminator = StyleDiscriminator();
        Load(generator.to(ScalarType.Float64), _style.GetProperty("init").GetProperty("G"), StyleName);
        Load(discriminator.to(ScalarType.Float64), _style.GetProperty("init").GetProperty("D"), name => name);
        Image(generator, "d", out var fake);
        StepDiscriminator(discriminator, Data("real", 0), fake.detach());

        Image(generator, "g", out var made);
        var adversarial = AdversarialLoss.NonSaturating().Generator(discriminator.call(made));
        adversarial.ShouldBeClose(first.GetProperty("g_loss_adv").GetDouble(), 1e-8, "adversarial loss");
        var (length, penalty) = PathLength(generator);
        length.ShouldBeClose(first.GetProperty("path_length").GetDouble(), 1e-8, "path length");
        penalty.ShouldBeClose(first.GetProperty("path_length_penalty").GetDouble(), 1e-8, "penalty");
        var config = _style.GetProperty("config");
        (adversarial + penalty * (config.GetProperty("pl_weight").GetDouble() * config.GetProperty("pl_interval").GetInt32())).backward();

        foreach (var recorded in golden.GetProperty("first_gradients_l2").GetProperty("opt_g").EnumerateObject())
        {
            var gradient = generator.get_parameter(StyleName(recorded.Name["G.".Length..]))!.grad!;
            gradient.norm().ShouldBeClose(recorded.Value.GetDouble(), 1e-8, recorded.Name);
        }
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void TableLayers_WithTheFinalWeights_MakeTheRecordedRows(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var golden = _table.GetProperty("expected").GetProperty(type.ToString().ToLowerInvariant());
        using var generator = nn.Sequential(Widened(15), Widened(27), nn.Linear(39, 14)).to(type);
        Load(generator, golden.GetProperty("final").GetProperty("G"), name => name.Count(c => c == '.') == 2 ? name.Insert(2, "branch.") : name);
        generator.eval();
        var data = _table.GetProperty("data");

        var raw = generator.call(cat([data.GetProperty("eval_z").ShapedTensor().to(type), data.GetProperty("eval_cond").ShapedTensor().to(type)], 1));
        var rows = Activate(raw, data.GetProperty("eval_u").ShapedTensor().to(type));

        var tolerance = Tolerance(_table, type, "eval_abs");
        raw.ShouldBeClose(Numbers(golden.GetProperty("eval").GetProperty("raw")), tolerance, "raw");
        rows.ShouldBeClose(Numbers(golden.GetProperty("eval").GetProperty("rows")), tolerance, "rows");
    }

    private static nn.Module<Tensor, Tensor> Widened(long inputs) =>
        GanLayer.Concatenated(nn.Sequential(nn.Linear(inputs, 12, hasBias: false), nn.BatchNorm1d(12), nn.ReLU()));

    private static Sequential StyleDiscriminator() => nn.Sequential(
        nn.Conv2d(2, 8, 3, padding: 1), nn.LeakyReLU(0.2), nn.Conv2d(8, 8, 4, stride: 2, padding: 1), nn.LeakyReLU(0.2), nn.Flatten(),
        nn.Linear(72, 8), nn.LeakyReLU(0.2), nn.Linear(8, 1));

    // The file has a layer's weight and noise strength beside its bias.
    private static string StyleName(string name) => name.Split('.') switch
    {
        [var layer, "weight"] => $"{layer}.convolution.weight",
        [var layer, "strength"] => $"{layer}.noise.strength",
        _ => name,
    };

    private static void Load(nn.Module module, JsonElement state, Func<string, string> rename)
    {
        using var noGrad = no_grad();
        var entries = module.state_dict();
        entries.Should().HaveCount(state.EnumerateObject().Count());
        foreach (var entry in state.EnumerateObject())
        {
            entries[rename(entry.Name)].copy_(entry.Value.ShapedTensor());
        }
    }

    private static double[] Numbers(JsonElement packed) => packed.GetProperty("data").Numbers();

    private static double Tolerance(JsonElement golden, ScalarType type, string what) =>
        golden.GetProperty("tolerance").GetProperty("suggested").GetProperty(type.ToString().ToLowerInvariant()).GetProperty(what).GetDouble();

    private Tensor Activate(Tensor raw, Tensor uniform)
    {
        var config = _table.GetProperty("config");
        using var draw = GanLayer.GumbelSoftmax(config.GetProperty("tau").GetDouble());
        var (parts, start) = (new List<Tensor>(), 0L);
        foreach (var span in config.GetProperty("spans").EnumerateArray())
        {
            var width = span[1].GetInt64();
            var (logits, u) = (raw.narrow(1, start, width), uniform.narrow(1, start, width));
            parts.Add(span[0].GetString() == "tanh" ? logits.tanh() : draw.By(logits, u));
            start += width;
        }

        return cat(parts, 1);
    }

    private Tensor Data(string name, int index, ScalarType type = ScalarType.Float64) => _style.GetProperty("data").GetProperty(name).ShapedTensor().to(type)[index];

    private (Tensor Z, Tensor Z2, long Crossover, Tensor Noise3, Tensor Noise6) Draws(string use, int index, ScalarType type) => (
        Data($"z_{use}", index, type), Data($"z2_{use}", index, type), (long)Data($"crossover_{use}", index).ToDouble(),
        Data($"noise3_{use}", index, type), Data($"noise6_{use}", index, type));

    private Tensor Image(GoldenStyleGenerator generator, string use, out Tensor image)
    {
        var data = Draws(use, 0, ScalarType.Float64);
        var styles = generator.Styles(data.Z, data.Z2, data.Crossover);
        image = generator.Image(styles, data.Noise3, data.Noise6);
        return styles;
    }

    private (Tensor Length, Tensor Penalty) PathLength(GoldenStyleGenerator generator)
    {
        var styles = Image(generator, "pl", out var image);
        var projected = (image * Data("y_pl", 0) / Math.Sqrt(36)).sum();
        var gradient = autograd.grad([projected], [styles], create_graph: true, retain_graph: true)[0];
        var lengths = gradient.square().sum(2).mean([1]).sqrt();
        var mean = lengths.mean() * _style.GetProperty("config").GetProperty("pl_decay").GetDouble();
        return (lengths.mean(), (lengths - mean).square().mean());
    }

    private void StepDiscriminator(nn.Module<Tensor, Tensor> discriminator, Tensor real, Tensor fake)
    {
        var first = _style.GetProperty("expected").GetProperty("float64").GetProperty("iterations")[0];
        var loss = LossCase.Of(AdversarialLoss.NonSaturating());
        real = real.requires_grad_(true);
        var onReal = discriminator.call(real);
        var slope = autograd.grad([onReal.sum()], [real], create_graph: true, retain_graph: true)[0].square().flatten(1).sum(1).mean();
        var total = loss.Discriminator(onReal, discriminator.call(fake)) + slope * (1.0 / 2 * 4);
        total.ShouldBeClose(first.GetProperty("d_loss").GetDouble(), 1e-8, "discriminator's loss");
        total.backward();
        using var optimizer = optim.Adam(discriminator.parameters(), lr: 0.002, beta1: 0, beta2: 0.99, eps: 1e-8);
        optimizer.step();
        discriminator.zero_grad();
    }
}
