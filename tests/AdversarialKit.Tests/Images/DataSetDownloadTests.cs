using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;

namespace AdversarialKit.Tests.Images;

/// <summary>Against a server in the process; no test asks the network.</summary>
public sealed class DataSetDownloadTests : IDisposable
{
    private static readonly Uri _from = new("http://data.example/set/");

    private readonly PictureFolder _folder = new();
    private readonly Server _server = new();
    private readonly HttpClient _client;

    public DataSetDownloadTests() => _client = new HttpClient(_server);

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Bring_Twice_AsksOnce()
    {
        var file = _server.Add("images.gz", "content"u8.ToArray());

        await Bring(file);
        await Bring(file);

        File.ReadAllText(_folder["images.gz"]).Should().Be("content");
        _server.Asked.Should().Equal("http://data.example/set/images.gz");
    }

    [Fact]
    public async Task Bring_OtherChecksum_KeepsNothing()
    {
        var file = _server.Add("images.gz", "content"u8.ToArray()) with { Md5 = "00" };

        var act = () => Bring(file);

        await act.Should().ThrowAsync<InvalidDataException>().WithMessage(
            "http://data.example/set/images.gz has the checksum 9a0364b9e99bb480dd25e1f0284c8555 and should have 00 (MD5): it is another file, or was changed on its way. Nothing was kept.");
        Directory.GetFiles(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task Bring_DamagedFileThere_IsReplaced()
    {
        var file = _server.Add("images.gz", "content"u8.ToArray());
        _folder.Add("images.gz", "damaged"u8);

        await Bring(file);

        File.ReadAllText(_folder["images.gz"]).Should().Be("content");
    }

    [Fact]
    public async Task Bring_NotThere_SaysWhatTheServerSaid()
    {
        var act = () => Bring(new PublishedFile("missing.gz", "00"));

        await act.Should().ThrowAsync<HttpRequestException>()
            .WithMessage("http://data.example/set/missing.gz answered 404 (Not Found). Give another address that has the same files.");
    }

    [Fact]
    public async Task Bring_TarOrZip_UnpacksWhatReadersReadIntoTheFolderItself()
    {
        await Bring(_server.Add("set.tar.gz", Tar(("deep/below/one.bin", "1"), ("../../outside.bin", "2"), ("readme.html", "3"))));
        await Bring(_server.Add("set.zip", Zip(("gzip/two.gz", "4"), ("note.txt", "5"))));

        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Should().BeEquivalentTo("set.tar.gz", "set.zip", "one.bin", "outside.bin", "two.gz");
        File.ReadAllText(_folder["one.bin"]).Should().Be("1");
        File.ReadAllText(_folder["two.gz"]).Should().Be("4");
    }

    [Fact]
    public async Task DownloadAsync_FromAnotherAddress_ChecksAgainstTheKnownChecksum()
    {
        _server.Add("train-images-idx3-ubyte.gz", "no digits"u8.ToArray());

        var act = () => ImageDataSets.DownloadAsync(PublishedDataSet.Mnist, _folder.Path, _client, _from);

        (await act.Should().ThrowAsync<InvalidDataException>()).Which.Message.Should().Contain("should have f68b3c2dcbeaaa9fbdd348bbdeb94873 (MD5)");
        Directory.GetFiles(_folder.Path).Should().BeEmpty();
    }

    [Fact]
    public void PublishedFile_EveryDataSet_HasSafeAddressesAndWholeChecksums()
    {
        foreach (var dataSet in Enum.GetValues<PublishedDataSet>())
        {
            var (from, files) = PublishedFile.Of(dataSet);

            from.AbsoluteUri.Should().EndWith("/");
            files.Should().NotBeEmpty().And.OnlyContain(file => file.Md5.Length == 32 && file.Md5.All(char.IsAsciiHexDigitLower));
        }
    }

    private Task Bring(PublishedFile file) => new DataSetDownload(_client, _from, _folder.Path).Bring(file, default);

    private static byte[] Tar(params (string Name, string Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var packed = new GZipStream(stream, CompressionLevel.Fastest))
        using (var tar = new TarWriter(packed))
        {
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream([(byte)content[0]]) });
            }
        }

        return stream.ToArray();
    }

    private static byte[] Zip(params (string Name, string Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.WriteByte((byte)content[0]);
            }
        }

        return stream.ToArray();
    }

    private sealed class Server : HttpMessageHandler
    {
        private readonly Dictionary<string, byte[]> _files = [];

        public List<string> Asked { get; } = [];

        public PublishedFile Add(string name, byte[] content)
        {
            _files[new Uri(_from, name).AbsoluteUri] = content;
#pragma warning disable CA5351 // It is what authors state.
            return new PublishedFile(name, Convert.ToHexString(MD5.HashData(content)).ToLowerInvariant());
#pragma warning restore CA5351
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.AbsoluteUri);
            return Task.FromResult(_files.TryGetValue(request.RequestUri.AbsoluteUri, out var content)
                ? new HttpResponseMessage { Content = new ByteArrayContent(content) }
                : new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
