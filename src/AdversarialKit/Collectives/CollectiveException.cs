namespace AdversarialKit;

/// <summary>The ranks of an <see cref="ICollective"/> do not go together, or cannot reach each other. Every rank gets it with the same message.</summary>
public sealed class CollectiveException : Exception
{
    /// <summary>An exception with a message of its own.</summary>
    /// <param name="message">What is wrong, with both sides of it.</param>
    /// <param name="innerException">What it came of; null where there is none.</param>
    public CollectiveException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
