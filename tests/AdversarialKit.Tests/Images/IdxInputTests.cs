using System.IO.Compression;
using MnistGan;

namespace AdversarialKit.Tests.Images;

/// <summary>Image files that are cut, swollen, odd or long.</summary>
public sealed class IdxInputTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    private string Images => _world.InFolder("images");

    [Theory]
    [InlineData(CompressionLevel.Optimal)]
    [InlineData(CompressionLevel.NoCompression)]
    public void ReadImages_ArchiveCutAnywhere_IsRefused(CompressionLevel level)
    {
        var zipped = Gzip(Drawn(12), level);

        // Every cut near the end, where the content is there and its check is not, and a few before.
        foreach (var cut in Enumerable.Range(1, 64).Concat([100, 500, 1000]))
        {
            File.WriteAllBytes(Images, zipped[..^cut]);
            FluentActions.Invoking(() => IdxFile.ReadImages(Images)).Should().Throw<InvalidDataException>("{0} bytes are missing", cut).Which.Message.Should().StartWith(Images + ": at byte ");
        }
    }

    [Fact]
    public void ReadImages_ArchiveWithAnyWrongBitInItsLastEightBytes_IsRefused()
    {
        var zipped = Gzip(Drawn(12));
        for (var bit = 0; bit < 64; bit++)
        {
            var damaged = (byte[])zipped.Clone();
            damaged[^(1 + (bit / 8))] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(Images, damaged);
            FluentActions.Invoking(() => IdxFile.ReadImages(Images)).Should().Throw<InvalidDataException>("bit {0} is wrong", bit);
        }
    }

    [Fact]
    public void ReadImages_ArchiveWithWordsBehindIt_IsRefused()
    {
        File.WriteAllBytes(Images, [.. Gzip(Drawn(12)), .. "no gzip"u8]);

        FluentActions.Invoking(() => IdxFile.ReadImages(Images)).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void ReadImages_ArchiveOfSeveralMembers_IsReadWhole()
    {
        var content = Drawn(12);
        File.WriteAllBytes(Images, [.. Gzip(content[..1000]), .. Gzip([]), .. Gzip(content[1000..])]);

        using var read = IdxFile.ReadImages(Images);

        read.Values.bytes.ToArray().Should().Equal(content[16..]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ReadImages_FewerWanted_KeepsTheFirstAndChecksTheRest(bool zipped)
    {
        var content = Drawn(3000);
        File.WriteAllBytes(Images, zipped ? Gzip(content) : content);

        using (var read = IdxFile.ReadImages(Images, 5))
        using (var all = IdxFile.ReadImages(Images))
        {
            (read.Count, read.Values.shape[0], read.Sha256).Should().Be((3000, 5, all.Sha256));
            read.Values.bytes.ToArray().Should().Equal(content[16..(16 + (5 * 784))]);
        }

        File.WriteAllBytes(Images, zipped ? Gzip(content[..^1]) : content[..^1]);
        FluentActions.Invoking(() => IdxFile.ReadImages(Images, 5)).Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void Read_BombUnderAKnownName_IsRefusedByItsHeader()
    {
        WriteBomb(2_000_000);
        var wanted = new MnistFile("train-images-idx3-ubyte", IdxFile.ImagesMagic, 60_000, new string('0', 64));

        FluentActions.Invoking(() => wanted.Read(Images)).Should().Throw<InvalidDataException>()
            .WithMessage($"{Images}: at byte 4: expected 60000 items, but found 2000000.");
    }

    [LinuxFact]
    public void ReadImages_BombForAnEvaluation_TakesTheMemoryOfWhatIsWanted()
    {
        WriteBomb(300_000);
        using (var warm = IdxFile.ReadImages(Images, 10_000))
        {
            warm.Count.Should().Be(300_000);
        }

        var before = PeakKilobytes();
        IdxFile.ReadImages(Images, 10_000).Dispose();

        (PeakKilobytes() - before).Should().BeLessThan(100_000, "the whole content has 235 MB");
    }

    [Fact]
    public void ReadImages_Stopped_EndsInTheMiddle()
    {
        WriteBomb(100_000);
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        FluentActions.Invoking(() => IdxFile.ReadImages(Images, token: stop.Token)).Should().Throw<OperationCanceledException>();
    }

    [LinuxTheory]
    [MemberData(nameof(OddFile.Kinds), MemberType = typeof(OddFile))]
    public void Run_OddFile_IsOneLineAndExitCode2(string kind)
    {
        OddFile.Put(kind, Images);

        OddFile.InTime(() => Program.Run(["evaluate", Images], _world.Around).Should().Be(2));

        _world.Error.Should().Be($"Error: {Images}: the file is empty, or a pipe or a device; only regular files are read.{Environment.NewLine}");
    }

    [LinuxTheory]
    [MemberData(nameof(OddFile.Kinds), MemberType = typeof(OddFile))]
    public void Run_OddMnistFile_IsOneLineAndExitCode2(string kind)
    {
        OddFile.Put(kind, _world.InFolder("train-images-idx3-ubyte"));
        File.WriteAllBytes(_world.InFolder("train-labels-idx1-ubyte"), [0, 0, 8, 1]);

        OddFile.InTime(() => Program.Run(["--data", _world.Folder, "--out", _world.InFolder("out")], _world.Around).Should().Be(2));

        _world.Error.Should().Contain("only regular files are read.");
    }

    private static long PeakKilobytes()
    {
        File.WriteAllText("/proc/self/clear_refs", "5");
        return long.Parse(
            File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1],
            System.Globalization.CultureInfo.InvariantCulture);
    }

    private static byte[] Drawn(int count)
    {
        using var digits = ImageDataSets.DrawnDigits(count, seed: 1);
        return [.. Header(count), .. digits.Images.bytes];
    }

    private static IEnumerable<byte> Header(int count) => new[] { IdxFile.ImagesMagic, count, 28, 28 }.SelectMany(number => BitConverter.GetBytes(number).Reverse());

    private void WriteBomb(int count)
    {
        using var file = File.Create(Images);
        using var zip = new GZipStream(file, CompressionLevel.Optimal);
        zip.Write([.. Header(count)]);
        var zeros = new byte[784 * 1000];
        for (var done = 0; done < count; done += 1000)
        {
            zip.Write(zeros);
        }
    }

    private static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var target = new MemoryStream();
        using (var zip = new GZipStream(target, level))
        {
            zip.Write(content);
        }

        return target.ToArray();
    }
}
