using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>Loads the native part of TorchSharp, and says why if that is not possible.</summary>
/// <remarks>
/// When TorchSharp cannot load its native library it always blames a missing package. Call <see cref="EnsureLoaded"/> as
/// the first statement of a program to learn the true cause instead, before the first module or tensor is made.
/// <c>GanBuilder.Build()</c> calls it too.
/// </remarks>
public static class NativeTorch
{
    /// <summary>Loads TorchSharp's native library and the libtorch that it needs. Does nothing if they are loaded.</summary>
    /// <exception cref="DllNotFoundException">
    /// The native library cannot be loaded: no backend package (<c>TorchSharp-cpu</c>, <c>TorchSharp-cuda-linux</c>,
    /// <c>TorchSharp-cuda-windows</c>) is referenced, the C++ runtime of the machine is too old, or TorchSharp has no
    /// native library for this platform. The message carries the loader's own words and the way out.
    /// </exception>
    public static void EnsureLoaded()
    {
        // As TorchSharp does: libLibTorchSharp finds libtorch_cpu more reliably when that is loaded already.
        var torchSharp = typeof(torch).Assembly;
        NativeLibrary.TryLoad("torch_cpu", torchSharp, null, out _);
        if (NativeLibrary.TryLoad("LibTorchSharp", torchSharp, null, out _) || IsNotebook(torchSharp.Location))
        {
            return;
        }

        throw new DllNotFoundException(NativeTorchFault.Diagnose(SearchFolders()).Message);
    }

    // A script loads TorchSharp.dll right from the package folder, and TorchSharp gathers its native files there by itself.
    private static bool IsNotebook(string location) =>
        location.Contains(Path.Combine("lib", "net"), StringComparison.Ordinal)
        && location.Contains("torchsharp", StringComparison.Ordinal);

    private static string[] SearchFolders()
    {
        var fromHost = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        var beside = Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "native");
        return
        [
            .. fromHost.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            AppContext.BaseDirectory,
            Path.Combine(AppContext.BaseDirectory, beside),
        ];
    }
}
