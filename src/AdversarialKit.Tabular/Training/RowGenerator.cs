using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>
/// CTGAN's generator (Xu et al. 2019, section 4.4): layers that pass their input on beside what they make of it, then a hyperbolic tangent
/// for positions and a draw by Gumbel-softmax for codes. Makes rows with their condition behind them, as the discriminator
/// judges both; the codes that the condition names are what it says.
/// </summary>
internal sealed class RowGenerator : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> _layers = new();
    private readonly Linear _last;
    private readonly CodeGroups _groups;
    private readonly BlockMasks _masks;
    private readonly GumbelSoftmax _gumbel;
    private readonly int _latent;
    private readonly int _positions;
    private readonly int _codes;

    public RowGenerator(RowLayout layout, int latent, IReadOnlyList<int> widths, double temperature) : base(nameof(RowGenerator))
    {
        (_latent, _positions, _codes) = (latent, layout.PositionCount, layout.CodeCount);
        long width = latent + layout.CodeCount;
        foreach (var hidden in widths)
        {
            _layers.Add(nn.Sequential(nn.Linear(width, hidden), nn.BatchNorm1d(hidden), nn.ReLU()));
            width += hidden;
        }

        _last = nn.Linear(width, layout.Width);
        (_groups, _masks, _gumbel) = (new CodeGroups(layout), new BlockMasks(layout), GanLayer.GumbelSoftmax(temperature));
        RegisterComponents();
    }

    /// <summary>Draws of a <see cref="RowLatent"/> <c>[N, latent + codes]</c> and conditions <c>[N, codes]</c> to rows with conditions, <c>[N, positions + 2 codes]</c>.</summary>
    public override Tensor forward(Tensor latents, Tensor condition)
    {
        using var scope = NewDisposeScope();
        var (positions, logits) = Parts(latents.narrow(1, 0, _latent), condition);
        var drawn = _groups.Draw(logits, latents.narrow(1, _latent, _codes), _gumbel);
        var codes = drawn - (drawn * _masks.Named(condition)) + condition;
        return cat([positions, codes, condition], 1).MoveToOuterDisposeScope();
    }

    /// <summary>Normal latents <c>[N, latent]</c> and conditions to positions <c>[N, positions]</c> and logits <c>[N, codes]</c> of rows, for a draw elsewhere.</summary>
    public (Tensor Positions, Tensor Logits) Parts(Tensor latents, Tensor condition)
    {
        var all = cat([latents, condition], 1);
        foreach (var layer in _layers)
        {
            all = cat([layer.call(all), all], 1);
        }

        var made = _last.call(all);
        return (made.narrow(1, 0, _positions).tanh(), made.narrow(1, _positions, _codes));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _groups.Dispose();
            _masks.Dispose();
        }

        base.Dispose(disposing);
    }
}
