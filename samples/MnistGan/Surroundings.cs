using AdversarialKit;

namespace MnistGan;

/// <summary>What the program uses of the world outside, so that tests can put something else in its place.</summary>
internal sealed record Surroundings
{
    public required TextWriter Output { get; init; }
    public required TextWriter Error { get; init; }

    public bool OutputIsTerminal { get; init; }
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Where downloaded files and judges stay for the next run.</summary>
    public required string CacheFolder { get; init; }

    public MnistDownloadOptions Download { get; init; } = new();

    public StatusLine Status() => new(Output, OutputIsTerminal);

    public static Surroundings OfThisProcess()
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return new Surroundings
        {
            Output = Console.IsOutputRedirected ? Console.Out : new LastingOutput(Console.Out),
            Error = Console.IsErrorRedirected ? Console.Error : new LastingOutput(Console.Error),
            OutputIsTerminal = !Console.IsOutputRedirected,
            Variable = Environment.GetEnvironmentVariable,
            CacheFolder = Path.Combine(data, "AdversarialKit", "mnist"),
        };
    }
}
