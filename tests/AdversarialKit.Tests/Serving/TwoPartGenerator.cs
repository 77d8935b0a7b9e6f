using static TorchSharp.torch;

namespace AdversarialKit.Tests.Serving;

/// <summary>Latents of 4 and labels of 3 classes to styles of 5 to samples of 6.</summary>
internal sealed class TwoPartGenerator : nn.Module<Tensor, Tensor, Tensor>, IStyleGenerator
{
    private readonly nn.Module<Tensor, Tensor> mapping = nn.Sequential(nn.Linear(7, 16), nn.LeakyReLU(0.2), nn.Linear(16, 5));
    private readonly nn.Module<Tensor, Tensor> synthesis = nn.Sequential(nn.Linear(5, 16), nn.LeakyReLU(0.2), nn.Linear(16, 6));

    public TwoPartGenerator() : base(nameof(TwoPartGenerator)) => RegisterComponents();

    public override Tensor forward(Tensor input, Tensor labels) => Synthesize(Map(input, labels), labels);

    public Tensor Map(Tensor latents, Tensor? condition) => mapping.call(cat([latents, nn.functional.one_hot(condition!, 3).to(latents.dtype)], 1));

    public Tensor Synthesize(Tensor styles, Tensor? condition) => synthesis.call(styles);
}
