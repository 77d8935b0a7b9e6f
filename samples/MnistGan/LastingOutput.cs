using System.Text;

namespace MnistGan;

/// <summary>
/// Output to a terminal that may go away, as with a lost connection: what cannot be written then is dropped, so that the
/// work ends by its signal and not by a message that nobody reads.
/// </summary>
internal sealed class LastingOutput(TextWriter terminal) : TextWriter(terminal.FormatProvider)
{
    public override Encoding Encoding => terminal.Encoding;

    public override void Write(char value) => Try(() => terminal.Write(value));

    public override void Write(string? value) => Try(() => terminal.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => terminal.Write(buffer, index, count));

    public override void Flush() => Try(terminal.Flush);

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
