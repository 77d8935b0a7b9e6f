namespace AdversarialKit.Tests;

/// <summary>What dead writers left is swept, and nothing else.</summary>
public sealed class TemporaryFileTests : IDisposable
{
    private const string Dead = ".adversarialkit-0123456789abcdef0123456789abcdef.tmp";
    private const string Young = ".adversarialkit-1123456789abcdef0123456789abcdef.tmp";
    private const string Held = ".adversarialkit-2123456789abcdef0123456789abcdef.tmp";
    private const string Link = ".adversarialkit-3123456789abcdef0123456789abcdef.tmp";
    private const string Folder = ".adversarialkit-4123456789abcdef0123456789abcdef.tmp";

    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Save_WhereOthersDied_SweepsTheirFilesAndNothingElse()
    {
        string[] others = ["notes.tmp", "weights.safetensors.4711.tmp", ".adversarialkit-0123.tmp", ".adversarialkit-0123456789abcdef0123456789abcdeg.tmp", "x" + Dead];
        Array.ForEach([.. others, Dead], name => Make(name, old: true));
        Make(Young, old: false);
        Make("kept", old: true);
        File.CreateSymbolicLink(_folder[Link], _folder["kept"]);
        Directory.CreateDirectory(_folder[Folder]);
        using (new FileStream(_folder[Held], FileMode.CreateNew, FileAccess.Write, FileShare.Delete))
        {
            File.SetLastWriteTimeUtc(_folder[Held], DateTime.UtcNow.AddHours(-1));

            Safetensors.Save(_folder["a.safetensors"], new Dictionary<string, TorchSharp.torch.Tensor>());

            _folder.Names.Should().BeEquivalentTo([.. others, Young, Held, Link, Folder, "kept", "a.safetensors"]);
        }

        Safetensors.Save(_folder["a.safetensors"], new Dictionary<string, TorchSharp.torch.Tensor>());

        _folder.Names.Should().NotContain(Held, "its writer is gone");
    }

    [Fact]
    public void HtmlReport_AfterAKilledRun_SweepsWhatThatLeft()
    {
        Make(Dead, old: true);
        using var report = new HtmlReport(_folder["report.html"], new HtmlReportOptions { Samples = 0 });

        report.Write();

        _folder.Names.Should().Equal("report.html");
    }

    [Fact]
    public void HtmlReport_PlaceThatCannotBeWrittenTo_LeavesNoTemporary()
    {
        Directory.CreateDirectory(_folder["report.html"]);
        using var report = new HtmlReport(_folder["report.html"], new HtmlReportOptions { Samples = 0 });

        report.Invoking(r => r.Write()).Should().Throw<Exception>();

        _folder.Names.Should().Equal("report.html");
    }

    private void Make(string name, bool old)
    {
        File.WriteAllText(_folder[name], "half");
        File.SetLastWriteTimeUtc(_folder[name], old ? DateTime.UtcNow.AddMinutes(-1) : DateTime.UtcNow);
    }
}
