using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

internal sealed class CycleGanReplay : IDisposable
{
    private readonly GoldenRun _run;
    private readonly Sequential _toB;
    private readonly Sequential _toA;
    private readonly Sequential _onA;
    private readonly Sequential _onB;
    private readonly FakeHistory _pastA = new(4);
    private readonly FakeHistory _pastB = new(4);
    private readonly AdversarialSystem _system;
    private int _iteration;

    public CycleGanReplay(ScalarType type)
    {
        _run = new GoldenRun("sys_12_cyclegan.json", type);
        (_toB, _toA) = (GoldenNetwork.Chain(_run.File, "G_AB", type), GoldenNetwork.Chain(_run.File, "G_BA", type));
        (_onA, _onB) = (GoldenNetwork.Chain(_run.File, "D_A", type), GoldenNetwork.Chain(_run.File, "D_B", type));
        var multipliers = _run.Config.GetProperty("lr_multipliers").EnumerateArray().Select(factor => factor.GetDouble()).ToArray();
        var rate = Schedule.Custom(iteration => multipliers[(int)iteration], "recorded");
        _system = new AdversarialSystemBuilder()
            .WithNetwork("to-b", _toB).WithNetwork("to-a", _toA).WithNetwork("on-a", _onA).WithNetwork("on-b", _onB)
            .WithTensor("a", 2, 6, 6)
            .WithTensor("b", 2, 6, 6)
            .WithPiece("past-a", _pastA)
            .WithPiece("past-b", _pastB)
            .WithStep("generators", step => step
                .Trains(_toB, _toA).Sees(_onA, _onB)
                .WithOptimizer(_run.Adam("opt_g")).WithLearningRate(rate)
                .Minimizes(Translate))
            .WithStep("d-a", step => step
                .Trains(_onA).WithOptimizer(_run.Adam("opt_d", "opt_d_A")).WithLearningRate(rate)
                .Minimizes(c => Discriminate(c, _onA, c["a"], _pastA, c["fake a"], "pool_A")))
            .WithStep("d-b", step => step
                .Trains(_onB).WithOptimizer(_run.Adam("opt_d", "opt_d_B")).WithLearningRate(rate)
                .Minimizes(c => Discriminate(c, _onB, c["b"], _pastB, c["fake b"], "pool_B")))
            .Build();
    }

    public void Compare()
    {
        for (_iteration = 0; _iteration < _run.Iterations; _iteration++)
        {
            var expected = _run.Iteration(_iteration);
            var result = _run.TrainStep(_system, Batch.Of(("a", _run.Data("A", _iteration)), ("b", _run.Data("B", _iteration))));
            var generators = result["generators"];
            _run.Losses(expected, generators, ("g_adv_AB", "adversarial ab"), ("g_adv_BA", "adversarial ba"), ("g_cycle_A", "cycle a"), ("g_cycle_B", "cycle b"));
            _run.Losses(expected, generators, ("g_identity_A", "identity a"), ("g_identity_B", "identity b"), ("g_loss", "loss"));
            _run.GradientNorm(expected, generators, "g_grad_norm", "opt_g");
            _run.Losses(expected, result["d-a"], ("d_loss_A", "loss"));
            _run.Losses(expected, result["d-b"], ("d_loss_B", "loss"));
            _run.GradientNorm(expected, result["d-a"], "d_grad_norm_A", "opt_d_A");
            _run.GradientNorm(expected, result["d-b"], "d_grad_norm_B", "opt_d_B");
            _run.Checksums(expected, ("G_AB", _toB), ("G_BA", _toA), ("D_A", _onA), ("D_B", _onB));
        }

        _run.FirstGradients();
        foreach (var (name, network) in new[] { ("G_AB", _toB), ("G_BA", _toA), ("D_A", _onA), ("D_B", _onB) })
        {
            _run.Final(name, network.state_dict());
        }

        CompareEvaluation();
    }

    public void Dispose()
    {
        _system.Dispose();
        _toA.Dispose();
        _toB.Dispose();
        _onA.Dispose();
        _onB.Dispose();
    }

    private void CompareEvaluation()
    {
        var fakeB = _system.Infer(() => _toB.call(_run.Data("eval_A")));
        var fakeA = _system.Infer(() => _toA.call(_run.Data("eval_B")));
        _run.Evaluation("fake_B", fakeB);
        _run.Evaluation("fake_A", fakeA);
        _run.Evaluation("cycle_A", _system.Infer(() => _toA.call(fakeB)));
        _run.Evaluation("cycle_B", _system.Infer(() => _toB.call(fakeA)));
        _run.Evaluation("d_A_on_fake_A", _system.Infer(() => _onA.call(fakeA)));
        _run.Evaluation("d_B_on_fake_B", _system.Infer(() => _onB.call(fakeB)));
        _run.Evaluation("pool_A", stack(Enumerable.Range(0, _pastA.Count).Select(_pastA.Copy)));
        _run.Evaluation("pool_B", stack(Enumerable.Range(0, _pastB.Count).Select(_pastB.Copy)));
    }

    private void Translate(StepContext c)
    {
        var (a, b) = (c["a"], c["b"]);
        var (fakeB, fakeA) = (c.Forward(_toB, a), c.Forward(_toA, b));
        c.Share("fake b", fakeB);
        c.Share("fake a", fakeA);
        c.Add("adversarial ab", (c.Forward(_onB, fakeB) - 1).square().mean());
        c.Add("adversarial ba", (c.Forward(_onA, fakeA) - 1).square().mean());
        var (cycle, identity) = (_run.Number("lambda_cycle"), _run.Number("lambda_identity"));
        c.Add("cycle a", (c.Forward(_toA, fakeB) - a).abs().mean(), cycle);
        c.Add("cycle b", (c.Forward(_toB, fakeA) - b).abs().mean(), cycle);
        c.Add("identity a", (c.Forward(_toA, a) - a).abs().mean(), identity);
        c.Add("identity b", (c.Forward(_toB, b) - b).abs().mean(), identity);
    }

    private void Discriminate(StepContext c, Sequential discriminator, Tensor real, FakeHistory past, Tensor fake, string decisions)
    {
        var pooled = past.Exchange(fake, _run.Integers(decisions, _iteration));
        var factor = _run.Number("d_loss_factor");
        c.Add("real", (c.Forward(discriminator, real) - 1).square().mean(), factor);
        c.Add("fake", c.Forward(discriminator, pooled).square().mean(), factor);
    }
}
