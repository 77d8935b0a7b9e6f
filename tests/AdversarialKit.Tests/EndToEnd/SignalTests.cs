using System.Diagnostics;
using System.Text;

namespace AdversarialKit.Tests.EndToEnd;

/// <summary>The sample as a process, and the signals of a terminal and of a container.</summary>
public sealed class SignalTests : IDisposable
{
    // What is promised on a machine with nothing else to do; a loaded one gets more before a test calls it a hang.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(8);
    private static readonly string[] _small = ["--dataset", "digits", "--threads", "1", "--no-tuning"];

    private readonly SampleWorld _world = new();
    private readonly StringBuilder _said = new();

    public void Dispose() => _world.Dispose();

    [LinuxTheory]
    [InlineData("HUP", 129)]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Train_Signal_WritesACheckpointAndExitsByConvention(string signal, int exitCode)
    {
        using var run = Start("--iterations", "1000000", "--sample-interval", "5", "--out", Out);
        await Until(() => File.Exists(Path.Combine(Out, "images", "5.png")), run);

        // A closed terminal sends its hangup twice.
        (await End(run, signal == "HUP" ? [signal, signal] : [signal])).Should().Be(exitCode);

        File.Exists(Path.Combine(Out, "checkpoints", "latest")).Should().BeTrue();
        Files(Out).Should().NotContain(name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [LinuxTheory]
    [InlineData("HUP", 129)]
    [InlineData("TERM", 143)]
    public async Task Train_SignalInTheExport_LeavesNoHalfFileAndTellsTheCheckpoint(string signal, int exitCode)
    {
        using var run = Start("--iterations", "2", "--export", "1000000", "--out", Out);
        await Until(() => Directory.Exists(Out) && Directory.EnumerateFiles(Out, ".adversarialkit-*.tmp").Any(file => new FileInfo(file).Length > 1 << 16), run);

        (await End(run, [signal])).Should().Be(exitCode);

        Files(Out).Should().NotContain(name => name.EndsWith(".tmp", StringComparison.Ordinal) || name.EndsWith(".gz", StringComparison.Ordinal));
        File.Exists(Path.Combine(Out, "checkpoints", "latest")).Should().BeTrue();
    }

    [LinuxTheory]
    [InlineData("HUP", 129)]
    [InlineData("TERM", 143)]
    public async Task Evaluate_SignalWhileTheJudgeIsTrained_KeepsNoJudge(string signal, int exitCode)
    {
        using var digits = ImageDataSets.DrawnDigits(200, seed: 1);
        IdxFile.WriteImages(_world.InFolder("images"), digits.Images);
        using var run = Start("evaluate", _world.InFolder("images"));
        await Until(() => Said().Contains("Training the judge", StringComparison.Ordinal), run);

        (await End(run, [signal])).Should().Be(exitCode);

        File.Exists(_world.InFolder("images.evaluation.json")).Should().BeFalse();
        Files(_world.Folder).Should().NotContain(name => name.Contains("judge-", StringComparison.Ordinal));
    }

    private string Out => _world.InFolder("out");

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path));

    private string Said()
    {
        lock (_said)
        {
            return _said.ToString();
        }
    }

    private async Task Until(Func<bool> isSo, Process run)
    {
        for (var clock = Stopwatch.StartNew(); !isSo(); await Task.Delay(50))
        {
            (run.HasExited || clock.Elapsed > TimeSpan.FromMinutes(2)).Should().BeFalse("the sample was to come so far; it said {0}", Said());
        }
    }

    private async Task<int> End(Process run, string[] signals)
    {
        foreach (var signal in signals)
        {
            using var kill = Process.Start("kill", ["-s", signal, $"{run.Id}"]);
            await kill.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(_patience);
        try
        {
            await run.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            run.Kill();
            throw new TimeoutException($"The sample was still there {_patience.TotalSeconds} s after the signal; it said {Said()}");
        }

        return run.ExitCode;
    }

    private Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        // What lies here is these tests' choice of packages and frameworks, not the sample's own.
        string[] asTheseTests = ["exec", "--runtimeconfig", InTests(".runtimeconfig.json"), "--depsfile", InTests(".deps.json")];
        Array.ForEach(asTheseTests, start.ArgumentList.Add);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "MnistGan.dll"));
        var isRun = arguments[0] != "evaluate";
        Array.ForEach([.. arguments, .. isRun ? _small : _small[..4]], start.ArgumentList.Add);
        start.Environment["XDG_DATA_HOME"] = _world.InFolder("cache");
        var run = new Process { StartInfo = start };
        run.OutputDataReceived += (_, line) => Say(line.Data);
        run.ErrorDataReceived += (_, line) => Say(line.Data);
        run.Start();
        run.BeginOutputReadLine();
        run.BeginErrorReadLine();
        return run;
    }

    private static string InTests(string ending) => Path.Combine(AppContext.BaseDirectory, typeof(SignalTests).Assembly.GetName().Name + ending);

    private void Say(string? line)
    {
        lock (_said)
        {
            _said.AppendLine(line);
        }
    }
}
