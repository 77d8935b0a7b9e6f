namespace AdversarialKit;

/// <summary>How near synthetic rows come to those that were learned from, beside how near held-out real rows come to them by chance.</summary>
public sealed record PrivacyFigures
{
    /// <summary>Synthetic rows that are equal, in all columns, to one that was learned from.</summary>
    public required int Copies { get; init; }

    /// <summary>Held-out rows that are: so many copies chance makes among as many rows.</summary>
    public required int HeldOutCopies { get; init; }

    /// <summary>Median distance of a synthetic row to the nearest learned one: the mean over the columns of differences over the range, or 0 and 1 for equal and other categories.</summary>
    public required double Distance { get; init; }

    /// <summary>That of held-out rows.</summary>
    public required double HeldOutDistance { get; init; }

    /// <summary>The share of synthetic rows that are nearer than 5 % of the held-out ones are: about 5 % where nothing is copied, more where something is.</summary>
    public required double TooNear { get; init; }

    /// <summary>How many rows of each were looked at.</summary>
    public required int Rows { get; init; }
}
