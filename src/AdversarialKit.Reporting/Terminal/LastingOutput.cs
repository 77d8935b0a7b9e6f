using System.Text;

namespace AdversarialKit;

/// <summary>
/// Output to a terminal that may go away, as with a lost connection: what cannot be written then is dropped, so that the
/// work ends by its signal and not by a message that nobody reads.
/// </summary>
/// <param name="terminal">The terminal. Remains the caller's.</param>
/// <remarks>
/// <code>
/// Console.SetOut(new LastingOutput(Console.Out));
/// </code>
/// </remarks>
public sealed class LastingOutput(TextWriter terminal) : TextWriter(terminal?.FormatProvider)
{
    private readonly TextWriter _terminal = terminal ?? throw new ArgumentNullException(nameof(terminal));

    /// <inheritdoc/>
    public override Encoding Encoding => _terminal.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Try(() => _terminal.Write(value));

    /// <inheritdoc/>
    public override void Write(string? value) => Try(() => _terminal.Write(value));

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Try(() => _terminal.Write(buffer, index, count));

    /// <inheritdoc/>
    public override void Flush() => Try(_terminal.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (IOException)
        {
            // The terminal is gone.
        }
    }
}
