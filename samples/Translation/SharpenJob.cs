using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

/// <summary>Super-resolution: pixels, what a network sees in them, and the discriminator's word (Ledig et al. 2017).</summary>
internal class SharpenJob : PairedJob
{
    public override string Name => "sharpen";

    public override string Summary => "Make 28 x 28 pixels of 7 x 7 (super-resolution, pairs).";

    public override long Iterations => 6_000;

    public override (string Name, Func<Tensor, Tensor> Make) Baseline => ("bicubic", Pictures.Bicubic);

    public override nn.Module<Tensor, Tensor> Network() => Networks.Sharpener();

    protected override Tensor Source(Tensor digits) => Pictures.Blocks(digits);

    protected static Tensor SquaredError(Tensor made, Tensor digits) => (made - digits).square().mean();

    protected override GanBuilder WithTerms(GanBuilder builder, Digits digits, long seed) => builder
        .WithGeneratorTerm("squared error", context => SquaredError(context.Fakes, context.Real), weight: 150)
        .WithGeneratorTerm("content", GeneratorTerm.Content(digits.Reader(seed + 1)), weight: 150);
}
