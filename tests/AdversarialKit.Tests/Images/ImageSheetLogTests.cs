using System.Buffers.Binary;
using AdversarialKit.Tests.Reporting;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

public sealed class ImageSheetLogTests
{
    private static readonly ImageSheetLogOptions _everyTwo = new() { Interval = 2, Samples = 4 };

    [Fact]
    public void Fit_WithSheets_WritesTheSameLatentsEveryFewIterations()
    {
        using var folder = new PictureFolder();
        using var log = new ImageSheetLog(folder["sheets"], _everyTwo);
        using var gan = Gan();

        Fit(gan, 5, log);

        Names(folder).Should().Equal("00000000.png", "00000002.png", "00000004.png", "00000005.png", "latents.safetensors");
        using var scope = NewDisposeScope();
        var latents = Safetensors.Load(folder["sheets/latents.safetensors"])["latents"];
        ImageSheet.Draw(gan.Generate(latents)).ToPng().Should().Equal(File.ReadAllBytes(folder["sheets/00000005.png"]));
    }

    [Fact]
    public void Fit_WithSheets_ChangesNoWeight()
    {
        using var folder = new PictureFolder();
        using var log = new ImageSheetLog(folder["sheets"], _everyTwo);
        using var watched = Gan();
        using var unwatched = Gan();

        Fit(watched, 5, log);
        Fit(unwatched, 5);

        using var one = watched.Sample(3);
        using var other = unwatched.Sample(7);
        Weights(watched).Should().Equal(Weights(unwatched));
    }

    [Fact]
    public void Fit_Resumed_GoesOnWithTheSameLatents()
    {
        using var folder = new PictureFolder();
        using (var first = Gan())
        using (var log = new ImageSheetLog(folder["sheets"], _everyTwo))
        {
            Fit(first, 4, log);
            first.SaveCheckpoint(folder["checkpoints"]);
        }

        var latents = File.ReadAllBytes(folder["sheets/latents.safetensors"]);
        using var resumed = Gan();
        resumed.LoadCheckpoint(folder["checkpoints"]);
        var atFour = File.ReadAllBytes(folder["sheets/00000004.png"]);
        File.Delete(folder["sheets/00000004.png"]);
        using var again = new ImageSheetLog(folder["sheets"], _everyTwo);
        Fit(resumed, 6, again);

        File.ReadAllBytes(folder["sheets/latents.safetensors"]).Should().Equal(latents);
        File.ReadAllBytes(folder["sheets/00000004.png"]).Should().Equal(atFour);
        Names(folder).Should().Contain("00000006.png");
    }

    [Fact]
    public void Fit_OfASystem_DrawsWhatTheCallerMakes()
    {
        using var folder = new PictureFolder();
        using var network = nn.Sequential(nn.Conv2d(1, 1, 3, padding: 1), nn.BatchNorm2d(1));
        using var sources = randn(6, 1, 8, 8);
        using var log = new ImageSheetLog(folder["sheets"], () => cat([sources, network.call(sources)]), _everyTwo);
        using var system = System(network);
        using var batches = Batches.FromTensor(sources, 3);

        system.Fit(batches, new FitOptions { Iterations = 4, Callbacks = [log] });

        Names(folder).Should().Equal("00000000.png", "00000002.png", "00000004.png");
        network.eval();
        using var scope = NewDisposeScope();
        ImageSheet.Draw(cat([sources, network.call(sources)])).ToPng().Should().Equal(File.ReadAllBytes(folder["sheets/00000004.png"]));
    }

    [Fact]
    public void Fit_OfASystemWithoutImages_SaysWhatIsMissing()
    {
        using var folder = new PictureFolder();
        using var network = nn.Conv2d(1, 1, 3, padding: 1);
        using var sources = randn(6, 1, 8, 8);
        using var log = new ImageSheetLog(folder["sheets"]);
        using var system = System(network);
        using var batches = Batches.FromTensor(sources, 3);

        system.Invoking(s => s.Fit(batches, new FitOptions { Iterations = 1, Callbacks = [log] })).Should().Throw<ArgumentException>()
            .WithMessage("This system is no GAN, and the log does not know what to draw. Give ImageSheetLog a function that makes the images.");
    }

    [Fact]
    public void SaveAnimation_OfARun_HasAFrameForEachSheet()
    {
        using var folder = new PictureFolder();
        using var log = new ImageSheetLog(folder["sheets"], _everyTwo);
        using var gan = Gan();
        Fit(gan, 6, log);

        log.SaveAnimation(folder["run.png"], TimeSpan.FromMilliseconds(40));

        var file = File.ReadAllBytes(folder["run.png"]);
        var at = file.AsSpan().IndexOf("acTL"u8);
        BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 4)).Should().Be(4);
        PngReader.Read(file).Pixels.Should().Equal(PngReader.Read(File.ReadAllBytes(folder["sheets/00000000.png"])).Pixels);
    }

    [Fact]
    public void SaveAnimation_IntoTheFolderOfSheets_IsRefused()
    {
        using var folder = new PictureFolder();
        folder.AddGrey("sheets/1.png", 10);

        folder.Invoking(f => ImageAnimation.FromFolder(f["sheets"], f["sheets/run.png"])).Should().Throw<ArgumentException>().WithMessage(
            $"'{folder["sheets/run.png"]}' lies in '{folder["sheets"]}' and would be one of its pictures the next time. Write it elsewhere. (Parameter 'path')");
    }

    [Fact]
    public void Save_FramesOfTwoSizes_IsRefused()
    {
        using var folder = new PictureFolder();
        folder.AddGrey("sheets/1.png", 10, size: 4);
        folder.AddGrey("sheets/2.png", 10, size: 5);

        folder.Invoking(f => ImageAnimation.FromFolder(f["sheets"], f["run.png"])).Should().Throw<ArgumentException>()
            .WithMessage("The frames of an animation share one size, but the first is 4 x 4 and another 5 x 5. (Parameter 'frames')");
    }

    private static Gan Gan()
    {
        random.manual_seed(3);
        return PictureGan.Build(PictureGan.ImageGenerator(), PictureGan.ImageDiscriminator());
    }

    private static AdversarialSystem System(nn.Module<Tensor, Tensor> network) => new AdversarialSystemBuilder()
        .WithNetwork("network", network)
        .WithTensor("real", 1, 8, 8)
        .WithStep("step", step => step.Trains(network).WithOptimizer(Optimizers.Adam(1e-3)).Minimizes(c => c.Add("error", (c.Forward(network, c["real"]) - 1).square().mean())))
        .Build();

    private static void Fit(Gan gan, long iterations, params ITrainingCallback[] callbacks)
    {
        using var real = PictureGan.RealImages();
        using var batches = Batches.FromTensor(real, 4);
        gan.Fit(batches, new FitOptions { Iterations = iterations, Callbacks = callbacks });
    }

    private static float[] Weights(Gan gan)
    {
        using var scope = NewDisposeScope();
        using var latents = ones(2, 4);
        return gan.Generate(latents).data<float>().ToArray();
    }

    private static IEnumerable<string> Names(PictureFolder folder) =>
        Directory.GetFiles(folder["sheets"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
