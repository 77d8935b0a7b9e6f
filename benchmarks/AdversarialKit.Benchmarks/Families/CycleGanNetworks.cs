namespace AdversarialKit.Benchmarks;

/// <summary>CycleGAN for 32 x 32 colour pictures: two translators of three residual blocks and two discriminators of patches.</summary>
internal sealed class CycleGanNetworks : IDisposable
{
    public const double WeightOfCycles = 10;
    public const int PoolSize = 50;

    public nn.Module<Tensor, Tensor> ToB { get; } = Translator();

    public nn.Module<Tensor, Tensor> ToA { get; } = Translator();

    public nn.Module<Tensor, Tensor> OnA { get; } = Judge();

    public nn.Module<Tensor, Tensor> OnB { get; } = Judge();

    public void Dispose()
    {
        ToB.Dispose();
        ToA.Dispose();
        OnA.Dispose();
        OnB.Dispose();
    }

    private static nn.Module<Tensor, Tensor> Judge() => GanLayer.PatchDiscriminator(3, filters: 32, halvings: 2);

    private static nn.Module<Tensor, Tensor> Translator() => nn.Sequential(
        nn.ReflectionPad2d(3),
        nn.Conv2d(3, 16, 7, bias: false), nn.InstanceNorm2d(16), nn.ReLU(),
        nn.Conv2d(16, 32, 3, stride: 2, padding: 1, bias: false), nn.InstanceNorm2d(32), nn.ReLU(),
        nn.Conv2d(32, 64, 3, stride: 2, padding: 1, bias: false), nn.InstanceNorm2d(64), nn.ReLU(),
        GanLayer.ReflectionResidual(64), GanLayer.ReflectionResidual(64), GanLayer.ReflectionResidual(64),
        nn.ConvTranspose2d(64, 32, 3, stride: 2, padding: 1, output_padding: 1, bias: false), nn.InstanceNorm2d(32), nn.ReLU(),
        nn.ConvTranspose2d(32, 16, 3, stride: 2, padding: 1, output_padding: 1, bias: false), nn.InstanceNorm2d(16), nn.ReLU(),
        nn.ReflectionPad2d(3),
        nn.Conv2d(16, 3, 7),
        nn.Tanh());
}
