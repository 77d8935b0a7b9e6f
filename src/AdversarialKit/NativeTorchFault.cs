using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>Why TorchSharp's native library does not load.</summary>
/// <param name="Path">The library found, or null if there is none.</param>
/// <param name="HasBackend">Whether a libtorch lies in one of the folders searched.</param>
/// <param name="LoaderWords">What the loader of the operating system said about <paramref name="Path"/>.</param>
internal sealed record NativeTorchFault(string? Path, bool HasBackend, string LoaderWords)
{
    private const string Backends =
        "Reference one of the packages TorchSharp-cpu, TorchSharp-cuda-linux and TorchSharp-cuda-windows in the application's project.";

    /// <summary>What happened and the way out, in whole sentences.</summary>
    internal string Message => (Path, HasBackend) switch
    {
        (null, false) => $"The application contains neither TorchSharp's native library nor libtorch for {Platform}. {Backends} "
            + "TorchSharp-cpu serves win-x64, linux-x64 and osx-arm64.",
        (null, true) => $"The application contains libtorch but not TorchSharp's native library for {Platform}. "
            + "Reference the package TorchSharp in the version that the backend package names.",
        (_, false) => $"TorchSharp's native library cannot be loaded because the application contains no libtorch. {Backends} "
            + $"The loader said: {LoaderWords}",
        _ when IsRuntimeTooOld => "TorchSharp's native library cannot be loaded because the C++ runtime of this machine is too old for it. "
            + $"The loader said: {LoaderWords}. Build the application without setting AdversarialKitPatchNative to false, or install a "
            + "newer libstdc++ (GCC 13.2 has GLIBCXX_3.4.32); docs/native-loading.md tells more.",
        _ => $"TorchSharp's native library cannot be loaded. The loader said: {LoaderWords}. "
            + "Take care that every library it names is installed, and that the backend package has the version that TorchSharp asks for.",
    };

    private static string Platform => RuntimeInformation.RuntimeIdentifier;

    private static string FileExtension => OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";

    private static string FilePrefix => OperatingSystem.IsWindows() ? "" : "lib";

    private bool IsRuntimeTooOld =>
        LoaderWords.Contains("not found", StringComparison.Ordinal)
        && (LoaderWords.Contains("GLIBC", StringComparison.Ordinal) || LoaderWords.Contains("CXXABI_", StringComparison.Ordinal));

    /// <summary>Looks for the library in the folders, in order, and asks the loader about the first one found.</summary>
    internal static NativeTorchFault Diagnose(IReadOnlyList<string> folders)
    {
        var path = Find(folders, "LibTorchSharp");
        return new NativeTorchFault(path, Find(folders, "torch_cpu") is not null, path is null ? "" : AskLoader(path));
    }

    private static string? Find(IReadOnlyList<string> folders, string name) =>
        folders.Select(folder => System.IO.Path.Combine(folder, FilePrefix + name + FileExtension)).FirstOrDefault(File.Exists);

    private static string AskLoader(string path)
    {
        try
        {
            NativeLibrary.Load(path);
            return "nothing, once asked for the full path";
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            // .NET puts advice of its own on the first line and the loader's words on those below.
            var lines = exception.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return (lines.Length > 1 ? lines[1] : lines[0]).TrimEnd('.');
        }
    }
}
