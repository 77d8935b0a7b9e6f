namespace AdversarialKit;

/// <summary>How images lie on a sheet.</summary>
public sealed record ImageSheetOptions
{
    /// <summary>Images from left to right.</summary>
    /// <value>Null by default: as many as <see cref="Rows"/> needs to hold all, or else as make the sheet about square.</value>
    public int? Columns { get; init; }

    /// <summary>Images from top to bottom. Those that the sheet has no room for are left out.</summary>
    /// <value>Null by default: as many as it takes to show all.</value>
    public int? Rows { get; init; }

    /// <summary>Pixels between images, and between images and labels.</summary>
    /// <value>2 by default.</value>
    public int Padding { get; init; } = 2;

    /// <summary>Pixels around all images.</summary>
    /// <value>0 by default.</value>
    public int Margin { get; init; }

    /// <summary>How many pixels of the sheet one pixel of an image takes each way.</summary>
    /// <value>1 by default.</value>
    public int Enlargement { get; init; } = 1;

    /// <summary>The numbers that are shown darkest and brightest; what lies beyond is cut off. All images share them: stretching each would show a dull one and a sharp one alike.</summary>
    /// <value>Null by default: [0, 255] for bytes, [-1, 1] for all other types.</value>
    public (double Darkest, double Brightest)? Range { get; init; }

    /// <summary>A text before each row, such as the name of its class; capitals are drawn. Fewer than rows leave the rest blank.</summary>
    /// <value>Empty by default.</value>
    public IReadOnlyList<string> RowLabels { get; init; } = [];

    /// <summary>The colour between images, 0 to 255 each.</summary>
    /// <value>Null by default: one sees through, which suits light pages and dark ones.</value>
    public (byte Red, byte Green, byte Blue)? Background { get; init; }
}
