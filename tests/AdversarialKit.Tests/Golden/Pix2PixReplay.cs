using System.Text.Json;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

internal sealed class Pix2PixReplay : IDisposable
{
    private readonly GoldenRun _run;
    private readonly UNet _generator;
    private readonly Sequential _discriminator;
    private readonly AdversarialSystem _system;

    /// <param name="type">The type of the run.</param>
    /// <param name="fakeFirst">The variant in which the discriminator's pass over fakes comes first.</param>
    public Pix2PixReplay(ScalarType type, bool fakeFirst = false)
    {
        _run = new GoldenRun("sys_11_pix2pix.json", type);
        _generator = new UNet(_run.File, type);
        _discriminator = GoldenNetwork.Chain(_run.File, "D", type);
        _system = new AdversarialSystemBuilder()
            .WithNetwork("g", _generator)
            .WithNetwork("d", _discriminator)
            .WithTensor("source", 2, 6, 6)
            .WithTensor("target", 2, 6, 6)
            .WithStep("d", step => step.Trains(_discriminator).DrawsFrom(_generator).WithOptimizer(_run.Adam("opt_d")).Minimizes(c => Discriminate(c, fakeFirst)))
            .WithStep("g", step => step.Trains(_generator).Sees(_discriminator).WithOptimizer(_run.Adam("opt_g")).Minimizes(Generate))
            .WithSeed(1)
            .Build();
    }

    public void Compare()
    {
        for (var i = 0; i < _run.Iterations; i++)
        {
            var expected = _run.Iteration(i);
            var result = _run.TrainStep(_system, Batch.Of(("source", _run.Data("source", i)), ("target", _run.Data("target", i))));
            _run.Losses(expected, result["d"], ("d_loss_real", "real"), ("d_loss_fake", "fake"), ("d_loss", "loss"));
            _run.GradientNorm(expected, result["d"], "d_grad_norm", "opt_d");
            _run.Losses(expected, result["g"], ("g_loss_adv", "adversarial"), ("g_loss_l1", "l1"), ("g_loss", "loss"));
            _run.GradientNorm(expected, result["g"], "g_grad_norm", "opt_g");
            _run.Checksums(expected, ("G", _generator), ("D", _discriminator));
        }

        _run.FirstGradients();
        _run.Final("G", _generator.state_dict());
        CompareDiscriminator(_run.Expected);
        _run.Evaluation("images", _system.Infer(() => _generator.call(_run.Data("eval_source"))));
    }

    /// <summary>The variant: all but the discriminator's buffers, and what depends on them, is as in the main run.</summary>
    public void CompareVariant(string name)
    {
        for (var i = 0; i < _run.Iterations; i++)
        {
            _run.TrainStep(_system, Batch.Of(("source", _run.Data("source", i)), ("target", _run.Data("target", i))));
        }

        CompareDiscriminator(_run.File.GetProperty("variants").GetProperty(name));
    }

    public void Dispose()
    {
        _system.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
    }

    private void CompareDiscriminator(JsonElement expected)
    {
        _run.Final("D", _discriminator.state_dict(), expected);
        var (source, target) = (_run.Data("eval_source"), _run.Data("eval_target"));
        _run.Evaluation("d_logits_real", _system.Infer(() => _discriminator.call(cat([source, target], 1))), expected);
        _run.Evaluation("d_logits_fake", _system.Infer(() => _discriminator.call(cat([source, _generator.call(source)], 1))), expected);
    }

    private void Discriminate(StepContext c, bool fakeFirst)
    {
        var (source, target) = (c["source"], c["target"]);
        var fake = c.Forward(_generator, source);
        Tensor OnFake() => c.Forward(_discriminator, cat([source, fake], 1));
        var first = fakeFirst ? OnFake() : null;
        var onReal = c.Forward(_discriminator, cat([source, target], 1));
        var factor = _run.Number("d_loss_factor");
        c.Add("real", nn.functional.softplus(-onReal).mean(), factor);
        c.Add("fake", nn.functional.softplus(first ?? OnFake()).mean(), factor);
    }

    private void Generate(StepContext c)
    {
        var (source, target) = (c["source"], c["target"]);
        var fake = c.Forward(_generator, source);
        c.Add("adversarial", nn.functional.softplus(-c.Forward(_discriminator, cat([source, fake], 1))).mean());
        c.Add("l1", (target - fake).abs().mean(), _run.Number("lambda_l1"));
    }

    private sealed class UNet : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> e1;
        private readonly nn.Module<Tensor, Tensor> e2;
        private readonly nn.Module<Tensor, Tensor> n2;
        private readonly nn.Module<Tensor, Tensor> d1;
        private readonly nn.Module<Tensor, Tensor> n3;
        private readonly nn.Module<Tensor, Tensor> @out;

        public UNet(JsonElement file, ScalarType type)
            : base("UNet")
        {
            var layers = file.GetProperty("architecture").GetProperty("G").EnumerateArray().ToDictionary(layer => layer.GetProperty("name").GetString()!, GoldenNetwork.Layer);
            (e1, e2, n2, d1, n3, @out) = (layers["e1"], layers["e2"], layers["n2"], layers["d1"], layers["n3"], layers["out"]);
            RegisterComponents();
            GoldenNetwork.Initialize(this, file, "G", type);
        }

        public override Tensor forward(Tensor source)
        {
            var h1 = nn.functional.leaky_relu(e1.call(source), 0.2);
            var h2 = nn.functional.relu(n2.call(e2.call(h1)));
            var v = nn.functional.relu(n3.call(d1.call(cat([h2, h1], 1))));
            return @out.call(v).tanh();
        }
    }
}
