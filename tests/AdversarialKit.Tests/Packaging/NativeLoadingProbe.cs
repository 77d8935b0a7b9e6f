using AdversarialKit.Tests.Performance;
using AdversarialKit.Tests.Support;
using AdversarialKit.Tests.Systems;
using AdversarialKit.Tests.Threads;
using AdversarialKit.Tests.Training;
using Microsoft.Extensions.Logging;

namespace AdversarialKit.Tests;

/// <summary>
/// This assembly as a program. Without arguments: what <see cref="NativeTorchTests"/> starts, a process that has loaded
/// nothing native yet. With arguments: what <see cref="TrainingProcess"/> starts.
/// </summary>
internal static class NativeLoadingProbe
{
    internal const string Loaded = "loaded";

    private static int Main(string[] args)
    {
        if (args is [WaitingProcess.Name, ..])
        {
            return WaitingProcess.Start(args[1..]);
        }

        if (args is [BesideProcess.Name, ..])
        {
            return BesideProcess.Start(args[1..]);
        }

        if (args is [SystemProcess.Name, ..])
        {
            return SystemProcess.Run(args[1..]);
        }

        if (args.Length > 0)
        {
            return TrainingProcess.Run(args);
        }

        using var logger = new CollectingLogger(LogLevel.Warning);
        try
        {
            NativeTorch.EnsureLoaded(logger);
        }
        catch (DllNotFoundException exception)
        {
            Console.Write(exception.Message);
            return 3;
        }

        using var ones = TorchSharp.torch.ones(2);
        Console.Write(string.Join('\n', logger.Entries.Select(entry => entry.Message).Prepend(Loaded)));
        return 0;
    }
}
