using System.Text.Json;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

internal sealed class StyleGanReplay : IDisposable
{
    private readonly GoldenRun _run;
    private readonly StyleGenerator _generator;
    private readonly Sequential _discriminator;
    private readonly AdversarialSystem _system;
    private readonly bool _detachesMean;
    private Tensor _mean;
    private int _iteration;

    /// <param name="type">The type of the run.</param>
    /// <param name="detachesMean">The variant in which the mean path length is a constant.</param>
    public StyleGanReplay(ScalarType type, bool detachesMean = false)
    {
        _run = new GoldenRun("sys_13_stylegan.json", type);
        _detachesMean = detachesMean;
        _generator = new StyleGenerator(_run.File, type);
        _discriminator = GoldenNetwork.Chain(_run.File, "D", type);
        _mean = zeros([], dtype: type);
        _system = new AdversarialSystemBuilder()
            .WithNetwork("g", _generator)
            .WithNetwork("d", _discriminator)
            .WithTensor("real", 2, 6, 6)
            .WithStep("d", step => step.Trains(_discriminator).DrawsFrom(_generator).WithOptimizer(_run.Adam("opt_d")).Minimizes(Discriminate))
            .WithStep("g", step => step.Trains(_generator).Sees(_discriminator).WithOptimizer(_run.Adam("opt_g")).Minimizes(Generate))
            .WithAverage(_generator, Ema.HalfLife(_run.Number("ema_half_life"), _run.Number("ema_rampup")))
            .WithTrialSize(4)
            .Build();
        _mean = zeros([], dtype: type);
    }

    public void Compare()
    {
        for (_iteration = 0; _iteration < _run.Iterations; _iteration++)
        {
            var expected = _run.Iteration(_iteration);
            var result = _run.TrainStep(_system, Batch.Of(("real", _run.Data("real", _iteration))));
            _run.Losses(expected, result["d"], ("d_loss_real", "real"), ("d_loss_fake", "fake"), ("r1", "r1"), ("d_loss", "loss"));
            _run.GradientNorm(expected, result["d"], "d_grad_norm", "opt_d");
            _run.Losses(expected, result["g"], ("g_loss_adv", "adversarial"), ("path_length_penalty", "path length penalty"), ("path_length", "path length"), ("g_loss", "loss"));
            _run.GradientNorm(expected, result["g"], "g_grad_norm", "opt_g");
            _run.Near(_mean.ToDouble(), expected, "pl_mean", "losses_abs");
            _run.Checksums(expected, ("G", _generator), ("D", _discriminator));
        }

        _run.FirstGradients();
        _run.Final("D", _discriminator.state_dict());
        CompareAverage();
        CompareEnd(_run.Expected);
    }

    public void CompareVariant(string name)
    {
        for (_iteration = 0; _iteration < _run.Iterations; _iteration++)
        {
            _run.TrainStep(_system, Batch.Of(("real", _run.Data("real", _iteration))));
        }

        CompareEnd(_run.File.GetProperty("variants").GetProperty(name));
    }

    public void Dispose()
    {
        _system.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        _mean.Dispose();
    }

    private void CompareEnd(JsonElement expected)
    {
        _run.Final("G", _generator.state_dict(), expected);
        _run.Evaluation("images", Images("eval", 0), expected);
        var averaged = _system.Infer(() => Images("eval", 0));
        _run.Evaluation("images_ema", averaged, expected);
        _run.Evaluation("d_logits", _system.Infer(() => _discriminator.call(averaged)), expected);
    }

    private void CompareAverage()
    {
        var average = _system.Infer(() => cat([.. _generator.state_dict().Values.Select(tensor => tensor.flatten())]));
        var final = _run.Expected.GetProperty("final").GetProperty("G_ema");
        using var recorded = cat([.. _generator.state_dict().Keys.Select(name => final.GetProperty(name).Tensor(_run.Type).flatten())]);
        _run.FinalDifference((recorded - average).abs().max().ToDouble(), "G_ema");
    }

    private void Discriminate(StepContext c)
    {
        var fake = c.Run(_generator, _ => Images("d", _iteration));
        c.Add("real", nn.functional.softplus(-c.Forward(_discriminator, c["real"])).mean());
        c.Add("fake", nn.functional.softplus(c.Forward(_discriminator, fake)).mean());
        c.AddEvery(
            _run.Config.GetProperty("r1_interval").GetInt32(),
            "r1",
            () =>
            {
                var points = StepContext.Leaf(c["real"]);
                return StepContext.Gradient(c.Forward(_discriminator, points), points).square().sum([1, 2, 3]).mean();
            },
            _run.Number("r1_gamma") / 2);
    }

    private void Generate(StepContext c)
    {
        c.Add("adversarial", nn.functional.softplus(-c.Forward(_discriminator, c.Run(_generator, _ => Images("g", _iteration)))).mean());
        var interval = _run.Config.GetProperty("pl_interval").GetInt32();
        c.AddEvery(interval, "path length penalty", () => PathLength(c, _iteration / interval), _run.Number("pl_weight"));
    }

    private Tensor PathLength(StepContext c, int j) => c.Run(_generator, g =>
    {
        var styles = g.Styles(_run.Data("z_pl", j), _run.Data("z2_pl", j), Crossover("pl", j));
        var images = g.Synthesize(styles, _run.Data("noise3_pl", j), _run.Data("noise6_pl", j));
        var gradient = StepContext.Gradient((images * (_run.Data("y_pl", j) / Math.Sqrt(36))).sum(), styles);
        var lengths = gradient.square().sum(2).mean([1]).sqrt();
        var length = lengths.mean();
        var mean = _mean + (_run.Number("pl_decay") * (length - _mean));
        var target = _detachesMean ? mean.detach() : mean;
        c.Measure("path length", length);
        _mean = mean.detach().DetachFromDisposeScope();
        return (lengths - target).square().mean();
    });

    private Tensor Images(string purpose, int index)
    {
        var styles = _generator.Styles(_run.Data($"z_{purpose}", index), _run.Data($"z2_{purpose}", index), Crossover(purpose, index));
        return _generator.Synthesize(styles, _run.Data($"noise3_{purpose}", index), _run.Data($"noise6_{purpose}", index));
    }

    private int Crossover(string purpose, int index) => (int)_run.Data($"crossover_{purpose}")[index].ToDouble();

    private sealed class StyleGenerator : nn.Module
    {
        private readonly Parameter @const;
        private readonly Sequential mapping = nn.Sequential(
            ("0", nn.Linear(8, 12)), ("1", nn.LeakyReLU(0.2)), ("2", nn.Linear(12, 12)), ("3", nn.LeakyReLU(0.2)));

        private readonly StyleLayer layer1 = new(6, 6, 3, true);
        private readonly StyleLayer layer2 = new(6, 6, 3, true);
        private readonly StyleLayer toimage = new(6, 2, 1, false);

        public StyleGenerator(JsonElement file, ScalarType type)
            : base("StyleGenerator")
        {
            @const = nn.Parameter(zeros(6, 3, 3));
            RegisterComponents();
            GoldenNetwork.Initialize(this, file, "G", type);
        }

        public Tensor Styles(Tensor z, Tensor other, int crossover)
        {
            var (first, second) = (Map(z), Map(other));
            return stack([.. Enumerable.Range(0, 3).Select(row => row < crossover ? first : second)], 1);
        }

        public Tensor Synthesize(Tensor styles, Tensor noise3, Tensor noise6)
        {
            var x = @const.unsqueeze(0).expand(styles.shape[0], -1, -1, -1);
            x = layer1.Apply(x, styles.select(1, 0), noise3);
            x = x.repeat_interleave(2, 2).repeat_interleave(2, 3);
            x = layer2.Apply(x, styles.select(1, 1), noise6);
            return toimage.Apply(x, styles.select(1, 2), null);
        }

        private Tensor Map(Tensor z) => mapping.call(z / (z.square().mean([1], keepdim: true) + 1e-8).sqrt());
    }

    private sealed class StyleLayer : nn.Module
    {
        private readonly Parameter weight;
        private readonly Parameter bias;
        private readonly Parameter? strength;
        private readonly Linear affine;

        public StyleLayer(long inputs, long outputs, long kernel, bool isStyled)
            : base("StyleLayer")
        {
            weight = nn.Parameter(zeros(outputs, inputs, kernel, kernel));
            bias = nn.Parameter(zeros(outputs));
            strength = isStyled ? nn.Parameter(zeros(1)) : null;
            affine = nn.Linear(12, inputs);
            RegisterComponents();
        }

        public Tensor Apply(Tensor x, Tensor w, Tensor? noise)
        {
            var style = affine.call(w);
            var y = nn.functional.conv2d(x * style.unsqueeze(2).unsqueeze(3), weight, padding: [weight.shape[2] / 2, weight.shape[2] / 2]);
            if (strength is null)
            {
                return y + bias.reshape(1, -1, 1, 1);
            }

            var scaled = weight.unsqueeze(0) * style.reshape(style.shape[0], 1, -1, 1, 1);
            var demodulation = (scaled.square().sum([2, 3, 4]) + 1e-8).rsqrt();
            y = (y * demodulation.unsqueeze(2).unsqueeze(3)) + (strength * noise!) + bias.reshape(1, -1, 1, 1);
            return nn.functional.leaky_relu(y, 0.2);
        }
    }
}
