using System.Runtime.InteropServices;

namespace AdversarialKit.Tests;

/// <summary>A disk that is full from now on for one open file of this process: Linux's <c>/dev/full</c> in its place.</summary>
internal static class FullDisk
{
    private const int WriteOnly = 1;

    /// <summary>Lets every later write to the open file fail; reading its descriptors tells which it is.</summary>
    public static void Under(string path)
    {
        var descriptor = Directory.EnumerateFiles("/proc/self/fd")
            .Single(link => File.ResolveLinkTarget(link, returnFinalTarget: false)?.FullName == Path.GetFullPath(path));
        var full = Open("/dev/full\0"u8.ToArray(), WriteOnly);
        Duplicate(full, int.Parse(Path.GetFileName(descriptor), System.Globalization.CultureInfo.InvariantCulture)).Should().BePositive();
        _ = Close(full);
    }

    [DllImport("libc", EntryPoint = "open")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int from, int to);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
