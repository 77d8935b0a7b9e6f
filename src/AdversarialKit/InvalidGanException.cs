namespace AdversarialKit;

/// <summary>The configuration of a <see cref="GanBuilder"/> or an <see cref="AdversarialSystemBuilder"/> cannot be built. Nothing was changed by the attempt.</summary>
public sealed class InvalidGanException : Exception
{
    internal InvalidGanException(IReadOnlyList<string> faults, Exception? inner = null, string subject = "GAN")
        : base(Describe(faults, subject), inner)
    {
        Faults = faults;
    }

    /// <summary>Every fault found, each a sentence that says what is wrong and which call mends it.</summary>
    public IReadOnlyList<string> Faults { get; }

    private static string Describe(IReadOnlyList<string> faults, string subject)
    {
        var heading = faults.Count == 1 ? $"The {subject} cannot be built:" : $"The {subject} cannot be built, for {faults.Count} reasons:";
        return heading + string.Concat(faults.Select((fault, i) => $"{Environment.NewLine}{i + 1}. {fault}"));
    }
}
