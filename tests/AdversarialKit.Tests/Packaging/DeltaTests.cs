using AdversarialKit.Build;
using AdversarialKit.HoldOwners;

namespace AdversarialKit.Tests;

public sealed class DeltaTests : IDisposable
{
    private static readonly string Library = NativeTorchTests.ShippedTorchSharpPath;
    private static readonly string DeltaFile = Path.Combine(AppContext.BaseDirectory, "Packaging", "TorchSharp.delta");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("delta-");

    private string Destination => Path.Combine(_folder.FullName, "made", "TorchSharp.dll");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Delta_MadeAnewFromTheShippedLibrary_LeadsToTheSameFile()
    {
        var original = File.ReadAllBytes(Library);
        var image = original;

        Delta.Apply(ref image, File.ReadAllBytes(DeltaFile)).Should().Be(DeltaOutcome.Applied);

        Delta.Hash(image).Should().Be(Delta.Hash(HeldLibrary.Make(original).Image), "else run tools/HoldOwners again");
    }

    [Fact]
    public void DeltaWriter_AnyTwoFiles_LeadsFromOneToTheOther()
    {
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            var from = new byte[random.Next(0, 400)];
            random.NextBytes(from);
            byte[] to = [.. from.Skip(random.Next(0, 100)), .. from.Take(random.Next(0, 200)), .. new byte[random.Next(0, 30)]];
            var image = from;

            Delta.Apply(ref image, DeltaWriter.Write(from, to));

            image.Should().Equal(to);
        }
    }

    [Fact]
    public void Copy_KnownLibrary_WritesItAndLeavesTheSource()
    {
        var before = Delta.Hash(File.ReadAllBytes(Library));

        Delta.Copy(Library, DeltaFile, Destination).Should().Be(DeltaOutcome.Applied);
        Delta.Copy(Destination, DeltaFile, Destination + ".again").Should().Be(DeltaOutcome.AlreadyApplied);

        File.ReadAllBytes(Destination + ".again").Should().Equal(File.ReadAllBytes(Destination));
        Delta.Hash(File.ReadAllBytes(Library)).Should().Be(before);
        Directory.EnumerateFiles(Path.GetDirectoryName(Destination)!).Should().HaveCount(2, "no temporary file stays");
    }

    [Fact]
    public void Copy_OverAnotherNameOfTheSource_LeavesTheSource()
    {
        var source = Path.Combine(_folder.FullName, "cache.dll");
        File.Copy(Library, source);
        Directory.CreateDirectory(Path.GetDirectoryName(Destination)!);
        File.CreateSymbolicLink(Destination, source);

        Delta.Copy(source, DeltaFile, Destination).Should().Be(DeltaOutcome.Applied);

        File.ReadAllBytes(source).Should().Equal(File.ReadAllBytes(Library));
        File.ReadAllBytes(Destination).Should().NotEqual(File.ReadAllBytes(Library));
    }

    [Fact]
    public void Copy_AnotherLibrary_IsLeftAloneAndAnOldResultGoes()
    {
        var other = Path.Combine(_folder.FullName, "other.dll");
        var image = File.ReadAllBytes(Library);
        image[^1] ^= 1;
        File.WriteAllBytes(other, image);
        Delta.Copy(Library, DeltaFile, Destination);

        Delta.Copy(other, DeltaFile, Destination).Should().Be(DeltaOutcome.UnknownFile);

        File.Exists(Destination).Should().BeFalse("the build would take it for this library's");
    }

    [Fact]
    public void Apply_DamagedDelta_SaysSoAndLeavesTheImage()
    {
        var random = new Random(2);
        var delta = File.ReadAllBytes(DeltaFile);
        var original = File.ReadAllBytes(Library);
        for (var i = 0; i < 200; i++)
        {
            var damaged = i % 2 == 0 ? [.. delta] : delta[..random.Next(0, delta.Length)];
            if (i % 2 == 0)
            {
                damaged[random.Next(32, delta.Length)] ^= (byte)random.Next(1, 256);
            }

            var image = original;
            var apply = () => Delta.Apply(ref image, damaged);

            apply.Should().Throw<InvalidDataException>();
            image.Should().BeSameAs(original);
        }
    }
}
