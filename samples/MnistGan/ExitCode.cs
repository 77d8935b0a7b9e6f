namespace MnistGan;

/// <summary>What the shell gets.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The user can mend it; one line on standard error says how.</summary>
    public const int UserError = 2;

    /// <summary>As shells report a program that Ctrl-C ended.</summary>
    public const int Interrupted = 130;

    /// <summary>As shells report a program that a signal ended: 129 for SIGHUP, 130 for SIGINT, 143 for SIGTERM.</summary>
    public static int OfSignal(int number) => 128 + number;
}
