using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

internal sealed class OutlinesJob : PairedJob
{
    public override string Name => "outlines";

    public override string Summary => "Paint digits into their outlines (pix2pix, pairs).";

    public override long Iterations => 6_000;

    public override nn.Module<Tensor, Tensor> Network() => Networks.Painter();

    protected override Tensor Source(Tensor digits) => Pictures.Outlines(digits);

    protected override GanBuilder WithTerms(GanBuilder builder, Digits digits, long seed) => builder.WithGeneratorTerm("l1", GeneratorTerm.L1(), weight: 50);
}
