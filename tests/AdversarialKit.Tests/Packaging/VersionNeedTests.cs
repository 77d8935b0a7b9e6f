using System.Buffers.Binary;
using System.Diagnostics;
using AdversarialKit.Build;

namespace AdversarialKit.Tests;

public sealed class VersionNeedTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("version-need-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Copy_OfShippedLibrary_ChangesTheWeakFlagAlone()
    {
        var copy = InFolder("copy.so");

        var finding = VersionNeed.Copy(ShippedLibrary.Path, copy);

        finding.Outcome.Should().Be(RelaxOutcome.Relaxed);
        finding.Reason.Should().Be("only the unused marker _ZSt21ios_base_library_initv asks for GLIBCXX_3.4.32");
        var (before, after) = (ShippedLibrary.Read(), File.ReadAllBytes(copy));
        after.Should().HaveSameCount(before);
        Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).Should().Equal(finding.FlagOffset);
        before[finding.FlagOffset].Should().Be(0);
        after[finding.FlagOffset].Should().Be(VersionNeed.WeakFlag);
    }

    [Fact]
    public void Copy_OfItsOwnResult_ChangesNothing()
    {
        var (once, twice) = (InFolder("once.so"), InFolder("twice.so"));
        VersionNeed.Copy(ShippedLibrary.Path, once);

        var finding = VersionNeed.Copy(once, twice);

        finding.Outcome.Should().Be(RelaxOutcome.AlreadyWeak);
        File.ReadAllBytes(twice).AsSpan().SequenceEqual(File.ReadAllBytes(once)).Should().BeTrue();
    }

    [Theory]
    [InlineData("-s")]
    [InlineData("")]
    public void Copy_OntoALink_LeavesWhatItPointsTo(string symbolic)
    {
        var (original, link) = (InFolder("original.so"), InFolder("link.so"));
        File.Copy(ShippedLibrary.Path, original);
        Link(original, link, symbolic);

        VersionNeed.Copy(original, link).Outcome.Should().Be(RelaxOutcome.Relaxed);

        File.ReadAllBytes(original).AsSpan().SequenceEqual(ShippedLibrary.Read()).Should().BeTrue();
        new FileInfo(link).LinkTarget.Should().BeNull();
        VersionNeed.Examine(File.ReadAllBytes(link)).Outcome.Should().Be(RelaxOutcome.AlreadyWeak);
        _folder.GetFiles().Should().HaveCount(2, "no temporary file may stay behind");
    }

    [Fact]
    public void Copy_OfAnotherFile_KeepsItsBytes()
    {
        var (text, copy) = (InFolder("text.so"), InFolder("folder/copy.so"));
        File.WriteAllText(text, "not a library at all, whatever its name is");

        var finding = VersionNeed.Copy(text, copy);

        finding.Outcome.Should().Be(RelaxOutcome.LeftAlone);
        finding.Reason.Should().Be("it is not a 64-bit x86-64 shared library");
        File.ReadAllText(copy).Should().Be(File.ReadAllText(text));
    }

    [Fact]
    public void Examine_VersionOnAnotherUndefinedSymbol_NamesIt() => Refused(
        ShippedLibrary.WithVersionOfMarkerOn("_ZSt20__throw_length_errorPKc"),
        "its symbol _ZSt20__throw_length_errorPKc needs GLIBCXX_3.4.32");

    [Fact]
    public void Examine_VersionOnADefinedSymbol_NamesIt() => Refused(
        ShippedLibrary.WithVersionOfMarkerOn("THSTensor_add"),
        "its symbol THSTensor_add needs GLIBCXX_3.4.32");

    [Theory]
    [InlineData(".rela.dyn")]
    [InlineData(".rela.plt")]
    public void Examine_RelocationOfTheMarker_IsRefused(string section) => Refused(
        ShippedLibrary.WithRelocationOfMarker(section),
        "a relocation refers to _ZSt21ios_base_library_initv");

    [Fact]
    public void Examine_MarkerDefinedHere_IsRefused()
    {
        var image = ShippedLibrary.Read();
        var symbol = ShippedLibrary.Section(image, ".dynsym") + (24 * ShippedLibrary.Symbol(image, VersionNeed.Marker));
        image[symbol + 6] = 12;

        Refused(image, "its symbol _ZSt21ios_base_library_initv needs GLIBCXX_3.4.32");
    }

    [Fact]
    public void Examine_OtherVersions_AreNotTouched() =>
        VersionNeed.Examine(ShippedLibrary.WithNeededVersion("GLIBCXX_3.4.33")).Outcome.Should().Be(RelaxOutcome.NotNeeded);

    [Theory]
    [InlineData(4, 1)] // 32 bits
    [InlineData(5, 2)] // big-endian
    [InlineData(16, 2)] // an executable
    [InlineData(18, 183)] // AArch64
    public void Examine_OtherKindsOfElf_AreRefused(int offset, byte value)
    {
        var image = ShippedLibrary.Read();
        image[offset] = value;

        Refused(image, "it is not a 64-bit x86-64 shared library");
    }

    [Fact]
    public void Examine_WithoutSectionHeaders_ReadsWhatTheLoaderReads()
    {
        var image = ShippedLibrary.Read();
        image.AsSpan(40, 8).Clear();
        image.AsSpan(58, 6).Clear();

        VersionNeed.Examine(image).Outcome.Should().Be(RelaxOutcome.Relaxed);
    }

    [Fact]
    public void Examine_CutShortAnywhere_NeverRelaxes()
    {
        var image = ShippedLibrary.Read();
        var random = new Random(1);
        var lengths = Enumerable.Range(0, 70).Concat(Enumerable.Range(0, 100).Select(_ => random.Next(image.Length - 600_000)));

        foreach (var length in lengths)
        {
            VersionNeed.Examine(image[..length]).Outcome.Should().Be(RelaxOutcome.LeftAlone, "only {0} bytes are there", length);
        }
    }

    [Fact]
    public void Examine_DamagedTables_NeverThrowsAndNeverPointsElsewhere()
    {
        var image = ShippedLibrary.Read();
        var flag = VersionNeed.Examine(image).FlagOffset;
        var tables = new[] { 0, 64, ShippedLibrary.Section(image, ".dynamic"), ShippedLibrary.Section(image, ".gnu.version_r"), ShippedLibrary.Section(image, ".gnu.hash") };
        var random = new Random(2);
        var clock = Stopwatch.StartNew();

        for (var i = 0; i < 1000; i++)
        {
            var damaged = (byte[])image.Clone();
            for (var changes = random.Next(1, 6); changes > 0; changes--)
            {
                var at = tables[random.Next(tables.Length)] + random.Next(560);
                damaged[at] = random.Next(3) switch { 0 => 0xFF, 1 => 0, _ => (byte)random.Next(256) };
            }

            var finding = VersionNeed.Examine(damaged);

            if (finding.Outcome == RelaxOutcome.Relaxed)
            {
                finding.FlagOffset.Should().Be(flag, "mutation {0} left the entry where it was", i);
            }
        }

        clock.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(2), "a damaged table must not send the reader round and round");
    }

    [Fact]
    public void Examine_EndlessTableOfVersions_IsRefused()
    {
        var image = ShippedLibrary.Read();
        var entry = ShippedLibrary.Section(image, ".gnu.version_r");
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(entry + 12), 0);

        Refused(image, "its table of needed versions is cut short");
    }

    private static void Refused(byte[] image, string reason)
    {
        var finding = VersionNeed.Examine(image);

        finding.Outcome.Should().Be(RelaxOutcome.LeftAlone);
        finding.Reason.Should().Be(reason);
        finding.FlagOffset.Should().Be(-1);
    }

    private static void Link(string original, string link, string symbolic)
    {
        if (symbolic.Length > 0)
        {
            File.CreateSymbolicLink(link, original);
            return;
        }

        var (tool, arguments) = OperatingSystem.IsWindows()
            ? ("cmd", new[] { "/c", "mklink", "/H", link, original })
            : ("ln", new[] { original, link });
        using var process = Process.Start(tool, arguments);
        process.WaitForExit();
        process.ExitCode.Should().Be(0);
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);
}
