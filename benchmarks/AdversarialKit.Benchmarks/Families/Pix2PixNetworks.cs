namespace AdversarialKit.Benchmarks;

/// <summary>pix2pix for 32 x 32 colour pictures: a U-Net of four levels and patches of (picture, source).</summary>
internal sealed class Pix2PixNetworks : IDisposable
{
    public const double WeightOfL1 = 100;

    public nn.Module<Tensor, Tensor> Generator { get; } = GanLayer.UNet(3, 3, levels: 4, filters: 32, dropout: 0);

    public nn.Module<Tensor, Tensor, Tensor> Discriminator { get; } = GanLayer.SideBySide(GanLayer.PatchDiscriminator(6, filters: 32, halvings: 2));

    public void Dispose()
    {
        Generator.Dispose();
        Discriminator.Dispose();
    }
}
