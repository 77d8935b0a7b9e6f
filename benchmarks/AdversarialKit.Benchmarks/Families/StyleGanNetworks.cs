namespace AdversarialKit.Benchmarks;

/// <summary>A style-based pair for 32 x 32 colour pictures, with its lazy terms.</summary>
internal sealed class StyleGanNetworks(Modulated modulated) : IDisposable
{
    public const int Latents = 64;
    public const double WeightOfR1 = 0.5;
    public const int IntervalOfR1 = 16;
    public const double WeightOfPathLength = 2;
    public const int IntervalOfPathLength = 4;
    public const double Decay = 0.999;

    public StyleGenerator Generator { get; } = new(modulated);

    public nn.Module<Tensor, Tensor> Discriminator { get; } = nn.Sequential(
        GanLayer.EqualizedConv2d(3, 32, 1), nn.LeakyReLU(0.2),
        GanLayer.EqualizedConv2d(32, 32, 3, padding: 1), nn.LeakyReLU(0.2), nn.AvgPool2d(2),
        GanLayer.EqualizedConv2d(32, 64, 3, padding: 1), nn.LeakyReLU(0.2), nn.AvgPool2d(2),
        GanLayer.EqualizedConv2d(64, 64, 3, padding: 1), nn.LeakyReLU(0.2), nn.AvgPool2d(2),
        GanLayer.MinibatchStdDev(groupSize: 4),
        GanLayer.EqualizedConv2d(65, 64, 4), nn.LeakyReLU(0.2), nn.Flatten(), GanLayer.EqualizedLinear(64, 1));

    public void Dispose()
    {
        Generator.Dispose();
        Discriminator.Dispose();
    }
}
