using System.Globalization;
using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>
/// Gradients and activations of megabytes come and go with every iteration. As glibc starts out, it maps and unmaps such
/// memory each time, and every first touch of a page is a fault; with higher thresholds it keeps the memory.
/// </summary>
internal sealed unsafe class GlibcAllocator : ITuningLever
{
    // Of malloc.h.
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    private const int InitialThreshold = 128 * 1024;
    private const int SettlingRounds = 4;
    private const int Gibibyte = 1 << 30;

    // What glibc before 2.35 takes at most.
    private const int OlderLimit = 32 * 1024 * 1024;

    private static readonly string[] _variables = ["MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES"];

    private delegate* unmanaged<int, int, int> _mallopt;

    public TuningOutcome Pull()
    {
        if (Array.Find(_variables, name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))) is { } variable)
        {
            return Unchanged($"The allocator stays as the environment variable {variable} sets it.");
        }

        // musl has no gnu_get_libc_version, and its mallopt, where there is one, does nothing.
        if (!OperatingSystem.IsLinux()
            || !NativeLibrary.TryLoad("libc.so.6", out var library)
            || !NativeLibrary.TryGetExport(library, "gnu_get_libc_version", out _)
            || !NativeLibrary.TryGetExport(library, "mallopt", out var mallopt))
        {
            return Unchanged("The allocator stays as it is: only glibc's thresholds can be set.");
        }

        var before = CountPageFaults();
        _mallopt = (delegate* unmanaged<int, int, int>)mallopt;
        var accepted = (_mallopt(MapThreshold, Gibibyte) != 0 || _mallopt(MapThreshold, OlderLimit) != 0)
            && _mallopt(TrimThreshold, int.MaxValue) != 0;
        if (!accepted)
        {
            Release();
            return Unchanged("The allocator stays as it is: glibc refused the thresholds.");
        }

        // The first rounds still ask the kernel for the memory that the later ones find.
        var after = before;
        for (var round = 0; round < SettlingRounds; round++)
        {
            after = CountPageFaults();
        }

        return new TuningOutcome(TuningSetting.Allocator, true, string.Create(
            CultureInfo.InvariantCulture,
            $"glibc keeps freed memory: a round of buffers as large as gradients takes {after} page faults instead of {before}."));
    }

    /// <remarks>glibc adapts its first threshold to what a program frees, until someone sets it; that cannot be had back.</remarks>
    public void Release()
    {
        if (_mallopt != null)
        {
            _mallopt(MapThreshold, InitialThreshold);
            _mallopt(TrimThreshold, InitialThreshold);
            _mallopt = null;
        }
    }

    private static TuningOutcome Unchanged(string reason) => new(TuningSetting.Allocator, false, reason);

    // Sixteen buffers of a megabyte, written, then freed together as a backward pass and the next iteration do.
    private static long CountPageFaults()
    {
        using var scope = NewDisposeScope();
        var before = PageFaults();
        for (var i = 0; i < 16; i++)
        {
            zeros(256 * 1024).fill_(Constant.One);
        }

        return PageFaults() - before;
    }

    // Field 10 of /proc/self/stat; field 2, the program's name, may hold spaces and ends in the last parenthesis.
    private static long PageFaults()
    {
        var status = File.ReadAllText("/proc/self/stat");
        return long.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[7], CultureInfo.InvariantCulture);
    }
}
