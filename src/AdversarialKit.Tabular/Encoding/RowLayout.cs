namespace AdversarialKit;

/// <summary>Where the columns stand in an encoded row: all positions first, then one block of codes a column.</summary>
internal sealed class RowLayout
{
    public RowLayout(IReadOnlyList<IColumnCodec> codecs)
    {
        Blocks = [.. codecs.Select(codec => codec.Codes)];
        var (start, place) = (0, 0);
        Starts = [.. Blocks.Select(size => (start += size) - size)];
        PositionOf = [.. codecs.Select(codec => codec.HasPosition ? place++ : -1)];
        (CodeCount, PositionCount) = (start, place);
    }

    /// <summary>Codes of each column.</summary>
    public IReadOnlyList<int> Blocks { get; }

    /// <summary>Where each column's codes begin, behind the positions.</summary>
    public IReadOnlyList<int> Starts { get; }

    /// <summary>The place of each column's position; -1 where it has none.</summary>
    public IReadOnlyList<int> PositionOf { get; }

    /// <summary>All codes of a row.</summary>
    public int CodeCount { get; }

    /// <summary>All positions of a row.</summary>
    public int PositionCount { get; }

    /// <summary>Numbers in an encoded row.</summary>
    public int Width => PositionCount + CodeCount;
}
