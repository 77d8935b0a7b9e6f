namespace AdversarialKit.Tests.Reporting;

/// <summary>A GAN of small pictures and a folder to report into, for each test anew.</summary>
public abstract class PictureGanTests : IDisposable
{
    private readonly TorchSharp.Modules.Sequential _generator = PictureGan.ImageGenerator();
    private readonly TorchSharp.Modules.Sequential _discriminator = PictureGan.ImageDiscriminator();

    protected PictureGanTests() => Gan = PictureGan.Build(_generator, _discriminator);

    protected Gan Gan { get; }

    private protected ReportFolder Folder { get; } = new();

    public void Dispose()
    {
        Gan.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
