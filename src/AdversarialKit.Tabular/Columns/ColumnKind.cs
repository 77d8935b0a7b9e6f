namespace AdversarialKit;

/// <summary>What the values of a column are.</summary>
public enum ColumnKind
{
    /// <summary>Whole or decimal numbers, with a step and limits.</summary>
    Number,

    /// <summary>One of a set of texts.</summary>
    Category,

    /// <summary>True or false, yes or no.</summary>
    Boolean,

    /// <summary>Dates, with or without a time.</summary>
    Date,

    /// <summary>A name of its own for each row. Never learned: renewed where <c>WithIdentifier</c> says so, else refused.</summary>
    Identifier,

    /// <summary>Free text. Never learned: a row of it may name a person.</summary>
    Text,
}
