namespace AdversarialKit;

/// <summary>A table that cannot be read or learned. The message says what stands where, and what mends it.</summary>
public sealed class TableException : Exception
{
    /// <summary>Constructs it.</summary>
    /// <param name="message">What happened, and what mends it.</param>
    public TableException(string message) : base(message)
    {
    }

    /// <summary>Constructs it with the place.</summary>
    /// <param name="message">What happened, and what mends it.</param>
    /// <param name="row">The row, counted from 1 below the header; or null.</param>
    /// <param name="column">The column's name, or null.</param>
    /// <param name="inner">What caused it, or null.</param>
    public TableException(string message, long? row, string? column, Exception? inner = null) : base(message, inner)
    {
        Row = row;
        Column = column;
    }

    /// <summary>The row it is about, counted from 1 below the header.</summary>
    /// <value>Null where it is about no single row.</value>
    public long? Row { get; }

    /// <summary>The column it is about.</summary>
    /// <value>Null where it is about no single column.</value>
    public string? Column { get; }
}
