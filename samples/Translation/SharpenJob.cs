using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

internal sealed class SharpenJob : PairedJob
{
    public override string Name => "sharpen";

    public override string Summary => "Make 28 x 28 pixels of 7 x 7 (super-resolution, pairs).";

    public override long Iterations => 5_000;

    public override (string Name, Func<Tensor, Tensor> Make) Baseline => ("bicubic", Pictures.Bicubic);

    public override nn.Module<Tensor, Tensor> Network() => Networks.Sharpener();

    protected override Tensor Source(Tensor digits) => Pictures.Blocks(digits);

    protected override GanBuilder WithTerms(GanBuilder builder, Digits digits) => builder
        .WithGeneratorTerm("squared error", context => (context.Fakes - context.Real).square().mean(), weight: 50);
}
