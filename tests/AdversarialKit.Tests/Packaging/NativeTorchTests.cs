using System.Diagnostics;

namespace AdversarialKit.Tests;

/// <summary>Each case is a process of its own, in a folder of its own, because a process loads its libraries once.</summary>
public sealed class NativeTorchTests : IDisposable
{
    private const string Library = "libLibTorchSharp.so";

    internal static string ShippedTorchSharpPath { get; } = Path.Combine(AppContext.BaseDirectory, "Packaging", "TorchSharp.dll.shipped");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("native-torch-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void EnsureLoaded_InThisProcess_DoesNothing() => ((Action)NativeTorch.EnsureLoaded).Should().NotThrow();

    [LinuxFact]
    public void EnsureLoaded_MendedLibrary_LoadsAndRuns()
    {
        LayOut(withBackend: true);
        Build.VersionNeed.Copy(ShippedLibrary.Path, InFolder(Library));

        Run().Should().Be((0, NativeLoadingProbe.Loaded));
    }

    [Fact]
    public void IsMended_InThisProcess_IsTrue() => NativeTorch.IsMended.Should().BeTrue("this repository builds as its users do");

    [LinuxFact]
    public void EnsureLoaded_TorchSharpAsItsPackageShipsIt_WarnsAndRuns()
    {
        LayOut(withBackend: true);
        Build.VersionNeed.Copy(ShippedLibrary.Path, InFolder(Library));
        File.Copy(ShippedTorchSharpPath, InFolder("TorchSharp.dll"), overwrite: true);

        Run().Should().Be((0, NativeLoadingProbe.Loaded + "\n"
            + "The TorchSharp.dll that runs is not the one that AdversarialKit's build mends: a garbage collection that another thread starts "
            + "may free a tensor or a number during a native call, which ends the run or the process or changes results. Build the application "
            + "without setting AdversarialKitPatchManaged to false and with TorchSharp 0.107.0, or let no other thread of the process allocate "
            + "meanwhile; docs/reliability.md tells more"));
    }

    [LinuxFact]
    public void EnsureLoaded_RuntimeWithoutTheVersion_QuotesTheLoader()
    {
        LayOut(withBackend: true);
        File.WriteAllBytes(InFolder(Library), ShippedLibrary.WithNeededVersion("GLIBCXX_3.9.99"));

        var (exitCode, output) = Run();

        exitCode.Should().Be(3);
        output.Should().Match(
            "TorchSharp's native library cannot be loaded because the C++ runtime of this machine is too old for it. "
            + $"The loader said: *libstdc++.so.6: version `GLIBCXX_3.9.99' not found (required by {InFolder(Library)}). "
            + "Build the application without setting AdversarialKitPatchNative to false, or install a newer libstdc++ "
            + "(GCC 13.2 has GLIBCXX_3.4.32); docs/native-loading.md tells more.");
    }

    [LinuxFact]
    public void EnsureLoaded_NoBackendPackage_NamesThePackages()
    {
        LayOut(withBackend: false);
        Build.VersionNeed.Copy(ShippedLibrary.Path, InFolder(Library));

        var (exitCode, output) = Run();

        // The loader's words are others where the machine has a libtorch of its own, which does not fit.
        exitCode.Should().Be(3);
        output.Should().Match("TorchSharp's native library cannot be loaded because the application contains no libtorch. "
            + "Reference one of the packages TorchSharp-cpu, TorchSharp-cuda-linux and TorchSharp-cuda-windows in the application's project. "
            + "The loader said: *lib*orch*");
    }

    [LinuxFact]
    public void EnsureLoaded_NothingNative_NamesThePlatform()
    {
        LayOut(withBackend: false);

        Run().Should().Be((3, "The application contains neither TorchSharp's native library nor libtorch for linux-x64. "
            + "Reference one of the packages TorchSharp-cpu, TorchSharp-cuda-linux and TorchSharp-cuda-windows in the application's project. "
            + "TorchSharp-cpu serves win-x64, linux-x64 and osx-arm64."));
    }

    [LinuxFact]
    public void EnsureLoaded_LibtorchAlone_AsksForTorchSharp()
    {
        LayOut(withBackend: true);

        Run().Should().Be((3, "The application contains libtorch but not TorchSharp's native library for linux-x64. "
            + "Reference the package TorchSharp in the version that the backend package names."));
    }

    [LinuxFact]
    public void EnsureLoaded_DamagedLibrary_QuotesTheLoader()
    {
        LayOut(withBackend: true);
        File.WriteAllText(InFolder(Library), "short");

        Run().Should().Be((3, $"TorchSharp's native library cannot be loaded. The loader said: {InFolder(Library)}: file too short. "
            + "Take care that every library it names is installed, and that the backend package has the version that TorchSharp asks for."));
    }

    // Copies what is managed and links what is large. Without a deps.json the host takes what lies in the folder.
    private void LayOut(bool withBackend)
    {
        foreach (var file in new DirectoryInfo(AppContext.BaseDirectory).EnumerateFiles())
        {
            if (file.Extension == ".dll" || file.Name.EndsWith(".runtimeconfig.json", StringComparison.Ordinal))
            {
                file.CopyTo(InFolder(file.Name));
            }
            else if (withBackend && file.Name.Contains(".so", StringComparison.Ordinal) && file.Name != Library)
            {
                File.CreateSymbolicLink(InFolder(file.Name), file.FullName);
            }
        }
    }

    private (int ExitCode, string Output) Run()
    {
        var start = new ProcessStartInfo("dotnet", [InFolder("AdversarialKit.Tests.dll")]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);
}
