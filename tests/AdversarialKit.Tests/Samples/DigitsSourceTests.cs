using MnistGan;

namespace AdversarialKit.Tests;

public sealed class DigitsSourceTests : IDisposable
{
    private const string First = "https://storage.googleapis.com/cvdf-datasets/mnist/";
    private const string Second = "https://ossci-datasets.s3.amazonaws.com/mnist/";
    private const string Images = "train-images-idx3-ubyte.gz";
    private const string Labels = "train-labels-idx1-ubyte.gz";

    private readonly SampleWorld _world = new();
    private readonly string _folder;
    private readonly MnistFiles _part;

    public DigitsSourceTests()
    {
        _folder = _world.InFolder("good");
        _part = MnistOrDrawn.WriteDrawn(_folder, 20);
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Load_NamedFolder_IsReadWithoutTheNetwork()
    {
        using var data = Load(_folder);

        data.Images.shape.Should().Equal(20, 1, 28, 28);
        data.Labels.shape.Should().Equal(20);
        data.Images.shape[0].Should().Be(20);
        _world.Network.Asked.Should().BeEmpty();
    }

    [Fact]
    public void Load_RawFilesWithDots_AreFound()
    {
        using var images = IdxFile.ReadImages(Path.Combine(_folder, Images));
        using var labels = IdxFile.ReadLabels(Path.Combine(_folder, Labels));
        var other = Directory.CreateDirectory(_world.InFolder("other")).FullName;
        IdxFile.WriteImages(Path.Combine(other, "train-images.idx3-ubyte"), images.Values);
        IdxFile.WriteLabels(Path.Combine(other, "train-labels.idx1-ubyte"), labels.Values);

        using var data = Load(other);

        data.Images.shape[0].Should().Be(20);
    }

    [Fact]
    public void Load_FolderOfTheVariable_ComesAfterTheNamedOne()
    {
        _world.Around = _world.Around with { Variable = name => name == "MNIST_DIR" ? _folder : null };

        using var data = Load(null);

        data.Images.shape[0].Should().Be(20);
        FluentActions.Invoking(() => Load("nowhere")).Should().Throw<UserErrorException>().WithMessage("--data: the folder 'nowhere' does not exist.");
    }

    [Fact]
    public void Load_FolderOfTheVariableMissing_NamesTheVariable()
    {
        _world.Around = _world.Around with { Variable = _ => "nowhere" };

        FluentActions.Invoking(() => Load(null)).Should().Throw<UserErrorException>().WithMessage("MNIST_DIR: the folder 'nowhere' does not exist.");
    }

    [Fact]
    public void Load_FileMissing_NamesWhatIsLookedFor()
    {
        File.Delete(Path.Combine(_folder, Labels));

        FluentActions.Invoking(() => Load(_folder)).Should().Throw<UserErrorException>().WithMessage(
            $"--data: the folder '{_folder}' has none of train-labels-idx1-ubyte.gz, train-labels-idx1-ubyte, train-labels.idx1-ubyte.gz, train-labels.idx1-ubyte.");
    }

    [Fact]
    public void Load_OtherContentInTheNamedFolder_IsAnError()
    {
        using (var others = ImageDataSets.DrawnDigits(20, seed: 99))
        {
            IdxFile.WriteImages(Path.Combine(_folder, Images), others.Images);
        }

        FluentActions.Invoking(() => Load(_folder)).Should().Throw<InvalidDataException>().WithMessage(
            $"{Path.Combine(_folder, Images)}: expected the content of train-images-idx3-ubyte with SHA-256 {_part.Images.Sha256}, but found *.")
            .Which.Message.Should().MatchRegex("found [0-9a-f]{64}\\.$");
    }

    [Fact]
    public void Load_OtherCountInTheNamedFolder_IsAnError()
    {
        using (var others = ImageDataSets.DrawnDigits(19, seed: 3))
        {
            IdxFile.WriteImages(Path.Combine(_folder, Images), others.Images);
        }

        FluentActions.Invoking(() => Load(_folder)).Should().Throw<InvalidDataException>()
            .WithMessage($"{Path.Combine(_folder, Images)}: at byte 4: expected 20 items, but found 19.");
    }

    [Fact]
    public void Load_NothingHere_DownloadsOnceAndKeepsTheFiles()
    {
        _world.Network.Answer = Serve;

        using var data = Load(null);
        using var again = Load(null);

        data.Images.bytes.ToArray().Should().Equal(again.Images.bytes.ToArray());
        _world.Network.Asked.Should().Equal(First + Images, First + Labels);
        Directory.GetFiles(_world.Around.CacheFolder).Select(Path.GetFileName).Should().BeEquivalentTo(Images, Labels);
        _world.Output.Should().Be(
            $"Downloaded {First}{Images} to {_world.Around.CacheFolder}{Environment.NewLine}Downloaded {First}{Labels} to {_world.Around.CacheFolder}{Environment.NewLine}");
    }

    [Fact]
    public void Load_FirstMirrorLacksAFile_AsksTheSecondForTheRest()
    {
        _world.Network.Answer = uri => uri.ToString() == First + Labels ? null : Serve(uri);

        using var data = Load(null);

        _world.Network.Asked.Should().Equal(First + Images, First + Labels, Second + Labels);
    }

    [Fact]
    public void Load_FirstMirrorSendsAnythingElse_AsksTheSecond()
    {
        _world.Network.Answer = uri => uri.Host.StartsWith("storage", StringComparison.Ordinal) ? "<html>sorry</html>"u8.ToArray() : Serve(uri);

        using var data = Load(null);

        _world.Network.Asked.Should().Equal(First + Images, Second + Images, Second + Labels);
    }

    [Fact]
    public void Load_NoMirrorHelps_SaysWhyForEachAndLeavesNothing()
    {
        _world.Network.Answer = uri => uri.Host.StartsWith("storage", StringComparison.Ordinal) ? null : [0, 0, 8, 1];

        FluentActions.Invoking(() => Load(null)).Should().Throw<HttpRequestException>().WithMessage(
            "storage.googleapis.com: Response status code does not indicate success: 404 (Not Found); "
            + $"ossci-datasets.s3.amazonaws.com: {Second}{Images}: at byte 0: expected 0x00000803, the magic number of images, but found 0x00000801");
        Directory.GetFiles(_world.Around.CacheFolder).Should().BeEmpty();
    }

    [Fact]
    public void Load_SilentServer_IsGivenUpAfterItsTime()
    {
        _world.Network.Silent = true;
        _world.Around = _world.Around with { Download = _world.Around.Download with { Patience = TimeSpan.FromSeconds(0.2) } };

        FluentActions.Invoking(() => Load(null)).Should().Throw<HttpRequestException>()
            .WithMessage("storage.googleapis.com: no answer for 0.2 s; ossci-datasets.s3.amazonaws.com: no answer for 0.2 s");
    }

    [Fact]
    public void Load_CtrlCWhileDownloading_Ends()
    {
        _world.Network.Silent = true;
        using var stop = new CancellationTokenSource(100);

        FluentActions.Invoking(() => Digits.Load(_part, null, _world.Around, stop.Token)).Should().Throw<OperationCanceledException>();
        _world.Network.Asked.Should().HaveCount(1);
    }

    [Fact]
    public void Load_BrokenFileInTheCache_IsDownloadedAgain()
    {
        _world.Network.Answer = Serve;
        Load(null).Dispose();
        var cached = Path.Combine(_world.Around.CacheFolder, Images);
        File.WriteAllBytes(cached, [0, 0, 8, 1]);

        using var data = Load(null);

        data.Images.shape.Should().Equal(20, 1, 28, 28);
        _world.Output.Should().Contain(
            $"A file in the cache cannot be used and is downloaded again: {cached}: at byte 0: expected 0x00000803, the magic number of images, but found 0x00000801.");
    }

    [Fact]
    public void Load_CacheFolderCannotBe_SaysSo()
    {
        File.WriteAllText(_world.InFolder("cache"), "");

        FluentActions.Invoking(() => Load(null)).Should().Throw<HttpRequestException>()
            .WithMessage($"the folder '{_world.Around.CacheFolder}' cannot be created");
    }

    private byte[] Serve(Uri address) => File.ReadAllBytes(Path.Combine(_folder, address.Segments[^1]));

    private ImageDataSet Load(string? folder) => Digits.Load(_part, folder, _world.Around, CancellationToken.None).Pictures;
}
