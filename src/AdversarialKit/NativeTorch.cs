using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>Loads the native part of TorchSharp, says why if that is not possible, and tells whether what runs is safe.</summary>
/// <remarks>
/// When TorchSharp cannot load its native library it always blames a missing package. Call <see cref="EnsureLoaded()"/> as
/// the first statement of a program to learn the true cause instead, before the first module or tensor is made.
/// <c>GanBuilder.Build()</c> calls it too.
/// </remarks>
public static class NativeTorch
{
    private static readonly Lazy<bool> Mended = new(HeldOwners.AreThere);

    /// <summary>
    /// Whether the TorchSharp that runs holds tensors and numbers until native code is done with them. The build of an
    /// application that references AdversarialKit sees to that.
    /// </summary>
    /// <value>
    /// False if the build was told not to (<c>AdversarialKitPatchManaged</c>), if it did not know the version of TorchSharp
    /// (warning AKIT001), and where no build is (notebooks). Then a garbage collection that another thread starts may free
    /// a tensor or a number during the native call that uses it: an exception out of nowhere, other results, or the end of
    /// the process. Natively compiled code cannot be looked at; there the build that made it says what it did.
    /// </value>
    public static bool IsMended => Mended.Value;

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
        if (NativeLibrary.TryLoad("LibTorchSharp", torchSharp, null, out _) || IsNotebook(torchSharp))
        {
            return;
        }

        throw new DllNotFoundException(NativeTorchFault.Diagnose(SearchFolders()).Message);
    }

    /// <summary>As <see cref="EnsureLoaded()"/>, and warns if <see cref="IsMended"/> is false, saying what that means.</summary>
    /// <param name="logger">Takes the warning; an application that chose so may leave it out.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logger"/> is null.</exception>
    /// <exception cref="DllNotFoundException">The native library cannot be loaded.</exception>
    public static void EnsureLoaded(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        EnsureLoaded();
        if (!IsMended)
        {
            GanLog.OwnersNotHeld(logger);
        }
    }

    // A script loads TorchSharp.dll right from the package folder, and TorchSharp gathers its native files there by itself.
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An assembly without a place of its own lies in no package folder.")]
    private static bool IsNotebook(Assembly torchSharp) =>
        torchSharp.Location.Contains(Path.Combine("lib", "net"), StringComparison.Ordinal)
        && torchSharp.Location.Contains("torchsharp", StringComparison.Ordinal);

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
