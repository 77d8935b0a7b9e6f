namespace MnistGan;

/// <summary>What the program uses of the world outside, so that tests can put something else in its place.</summary>
internal sealed record Surroundings
{
    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether a line of <see cref="Output"/> can be written over.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Environment variables by name.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>Where downloaded files stay for the next run.</summary>
    public required string CacheFolder { get; init; }

    /// <summary>The way to the network.</summary>
    public required HttpMessageHandler Network { get; init; }

    /// <summary>How long a server may be silent.</summary>
    public TimeSpan NetworkPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Those of the running process.</summary>
    public static Surroundings OfThisProcess()
    {
        // Set rather than handed on: whoever draws a moving line looks whether it is the console's own.
        if (!Console.IsOutputRedirected)
        {
            Console.SetOut(new LastingOutput(Console.Out));
        }

        if (!Console.IsErrorRedirected)
        {
            Console.SetError(new LastingOutput(Console.Error));
        }

        return Surround();
    }

    private static Surroundings Surround() => new()
    {
        Output = Console.Out,
        Error = Console.Error,
        OutputIsTerminal = !Console.IsOutputRedirected,
        Variable = Environment.GetEnvironmentVariable,
        CacheFolder = Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "AdversarialKit",
            "mnist"),
        Network = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) },
    };
}
