using System.Globalization;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>This assembly as a program: one rank of a start.</summary>
internal static class Program
{
    private static readonly Dictionary<string, Action<Collective, string[]>> Scenarios = new(StringComparer.Ordinal)
    {
        ["golden"] = (collective, files) => Array.ForEach(files, file => TwoRanksReplay.Compare(file, collective)),
        ["messages"] = (collective, _) => Messages.Check(collective),
        ["resume"] = Training.Resume,
        ["differ"] = Training.Differ,
        ["break"] = Training.Break,
        ["endless"] = Training.Endless,
    };

    private static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        NativeTorch.EnsureLoaded();
        set_num_threads(1);
        using var collective = Collective.FromEnvironment();
        Scenarios[args[0]](collective, args[1..]);
        Say(collective, "done", $"of {collective.Size}");
        return 0;
    }

    /// <summary>Prints a line in one piece.</summary>
    public static void Say(ICollective collective, string word, string text)
    {
        var line = System.Text.Encoding.UTF8.GetBytes($"{word} {collective.Rank} {text}\n");
        using var output = Console.OpenStandardOutput();
        output.Write(line);
        output.Flush();
    }
}
