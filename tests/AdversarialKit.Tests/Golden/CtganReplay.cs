using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

internal sealed class CtganReplay : IDisposable
{
    private const int Pack = 2;
    private readonly GoldenRun _run;
    private readonly Sequential _generator;
    private readonly Sequential _critic;
    private readonly AdversarialSystem _system;
    private readonly (string Kind, int Width)[] _spans;
    private readonly int[] _conditioned;

    public CtganReplay(ScalarType type)
    {
        _run = new GoldenRun("sys_16_ctgan.json", type);
        _generator = GoldenNetwork.Chain(_run.File, "G", type);
        _critic = GoldenNetwork.Chain(_run.File, "D", type);
        _spans = [.. _run.Config.GetProperty("spans").EnumerateArray().Select(span => (span[0].GetString()!, span[1].GetInt32()))];
        _conditioned = [.. _run.Config.GetProperty("conditioned_spans").EnumerateArray().Select(index => index.GetInt32())];
        _system = new AdversarialSystemBuilder()
            .WithNetwork("g", _generator)
            .WithNetwork("d", _critic)
            .WithTensor("real", 14).WithTensor("condition-real", 7)
            .WithTensor("z-d", 8).WithTensor("condition-fake", 7).WithTensor("u-d", 14).WithTensor("eps", 1)
            .WithTensor("z-g", 8).WithTensor("condition-g", 7).WithTensor("u-g", 14).WithTensor("mask", 2)
            .WithStep("d", step => step
                .Trains(_critic).DrawsFrom(_generator)
                .Repeats(_run.Config.GetProperty("n_critic").GetInt32())
                .KeepsTogether(Pack)
                .WithOptimizer(_run.Adam("opt_d"))
                .Minimizes(Criticize))
            .WithStep("g", step => step
                .Trains(_generator).Sees(_critic)
                .KeepsTogether(Pack)
                .WithOptimizer(_run.Adam("opt_g"))
                .Minimizes(Generate))
            .WithTrialSize(4)
            .Build();
    }

    public void Compare()
    {
        for (var i = 0; i < _run.Iterations; i++)
        {
            var expected = _run.Iteration(i);
            var result = _run.TrainStep(_system, [.. Enumerable.Range(0, 2).Select(q => BatchOf((2 * i) + q, i))]);
            var steps = expected.GetProperty("d_steps").EnumerateArray().ToList();
            for (var q = 0; q < steps.Count; q++)
            {
                _run.Losses(steps[q], result.Runs[q], ("d_loss_real", "real"), ("d_loss_fake", "fake"), ("gp", "penalty"), ("d_loss", "loss"));
                _run.Near(result.Runs[q].GradientNorm, steps[q], "d_grad_norm", "grad_norms_abs");
            }

            _run.Losses(expected, result["g"], ("g_loss_adv", "adversarial"), ("g_loss_cond", "condition"), ("g_loss", "loss"));
            _run.GradientNorm(expected, result["g"], "g_grad_norm", "opt_g");
            _run.Checksums(expected, ("G", _generator), ("D", _critic));
        }

        _run.FirstGradients();
        _run.Final("G", _generator.state_dict());
        _run.Final("D", _critic.state_dict());
        var raw = _system.Infer(() => _generator.call(cat([_run.Data("eval_z"), _run.Data("eval_cond")], 1)));
        var rows = Activate(raw, _run.Data("eval_u"));
        _run.Evaluation("raw", raw);
        _run.Evaluation("rows", rows);
        _run.Evaluation("d_out", _system.Infer(() => _critic.call(Packed(rows, _run.Data("eval_cond")))));
    }

    public void Dispose()
    {
        _system.Dispose();
        _generator.Dispose();
        _critic.Dispose();
    }

    // One eps for each pack: rows of a pack carry the same number.
    private Batch BatchOf(int k, int i) => Batch.Of(
        ("real", _run.Data("real", k)), ("condition-real", _run.Data("cond_real", k)),
        ("z-d", _run.Data("z_d", k)), ("condition-fake", _run.Data("cond_fake", k)), ("u-d", _run.Data("u_d", k)),
        ("eps", _run.Data("eps", k).repeat_interleave(Pack).unsqueeze(1)),
        ("z-g", _run.Data("z_g", i)), ("condition-g", _run.Data("cond_g", i)), ("u-g", _run.Data("u_g", i)), ("mask", _run.Data("mask_g", i)));

    private void Criticize(StepContext c)
    {
        var fake = Activate(c.Forward(_generator, cat([c["z-d"], c["condition-fake"]], 1)), c["u-d"]);
        var (real, made) = (Packed(c["real"], c["condition-real"]), Packed(fake, c["condition-fake"]));
        c.Add("real", -c.Forward(_critic, real).mean());
        c.Add("fake", c.Forward(_critic, made).mean());
        var share = c["eps"].reshape(-1, Pack).narrow(1, 0, 1);
        var between = StepContext.Leaf((share * real) + ((1 - share) * made));
        var gradient = StepContext.Gradient(c.Forward(_critic, between).sum(), between);
        c.Add("penalty", (gradient.norm(1) - 1).square().mean(), _run.Number("gp_lambda"));
    }

    private void Generate(StepContext c)
    {
        var condition = c["condition-g"];
        var raw = c.Forward(_generator, cat([c["z-g"], condition], 1));
        c.Add("adversarial", -c.Forward(_critic, Packed(Activate(raw, c["u-g"]), condition)).mean());
        c.Add("condition", ConditionLoss(raw, condition, c["mask"]));
    }

    private Tensor ConditionLoss(Tensor raw, Tensor condition, Tensor mask)
    {
        var sum = zeros([], dtype: raw.dtype);
        var at = 0L;
        for (var column = 0; column < _conditioned.Length; column++)
        {
            var span = _conditioned[column];
            var (start, width) = (_spans.Take(span).Sum(s => s.Width), _spans[span].Width);
            var asked = condition.narrow(1, at, width).argmax(1);
            var loss = nn.functional.cross_entropy(raw.narrow(1, start, width), asked, reduction: nn.Reduction.None);
            sum += (mask.select(1, column) * loss).sum();
            at += width;
        }

        return sum / raw.shape[0];
    }

    private Tensor Activate(Tensor raw, Tensor u)
    {
        var columns = new List<Tensor>();
        var at = 0L;
        foreach (var (kind, width) in _spans)
        {
            var own = raw.narrow(1, at, width);
            columns.Add(kind == "tanh" ? own.tanh() : ((own - (-u.narrow(1, at, width).log()).log()) / _run.Number("tau")).softmax(1));
            at += width;
        }

        return cat(columns, 1);
    }

    private static Tensor Packed(Tensor rows, Tensor condition) => cat([rows, condition], 1).reshape(rows.shape[0] / Pack, -1);
}
