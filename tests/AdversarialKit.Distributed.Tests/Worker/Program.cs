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
        ["resize"] = Training.Resize,
        ["differ"] = Training.Differ,
        ["break"] = Training.Break,
        ["endless"] = Training.Endless,
    };

    private static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        NativeTorch.EnsureLoaded();
        set_num_threads(1);
        return args[0] == "refuse" ? Refuse() : Run(args);
    }

    private static int Run(string[] args)
    {
        using var collective = Collective.FromEnvironment();
        Scenarios[args[0]](collective, args[1..]);
        Say(collective, "done", $"of {collective.Size}");
        return 0;
    }

    // Of an environment that contradicts itself nobody knows which rank this is. It ends well, or the launcher would cut the others short.
    private static int Refuse()
    {
        try
        {
            Collective.FromEnvironment().Dispose();
        }
        catch (CollectiveException error)
        {
            Say($"refused: {error.Message}");
        }

        return 0;
    }

    public static void Say(ICollective collective, string word, string text) => Say($"{word} {collective.Rank} {text}");

    // In one piece.
    private static void Say(string text)
    {
        var line = System.Text.Encoding.UTF8.GetBytes(text + "\n");
        using var output = Console.OpenStandardOutput();
        output.Write(line);
        output.Flush();
    }
}
