namespace AdversarialKit;

/// <summary>A table's rows as codes and positions, small enough to hold whole: rows are written out as numbers a batch at a time.</summary>
internal sealed class EncodedRows
{
    private readonly RowLayout _layout;
    private readonly int[][] _codes;
    private readonly float[]?[] _positions;

    public EncodedRows(IReadOnlyList<TableColumn> columns, IReadOnlyList<IColumnCodec> codecs, Random random)
    {
        _layout = new RowLayout(codecs);
        Count = columns[0].Cells.Length;
        _codes = new int[columns.Count][];
        _positions = new float[columns.Count][];
        for (var c = 0; c < columns.Count; c++)
        {
            var (cells, codec) = (columns[c].Cells, codecs[c]);
            var (codes, positions) = (new int[Count], codec.HasPosition ? new float[Count] : null);
            for (var row = 0; row < Count; row++)
            {
                (codes[row], var position) = codec.Encode(cells[row], random);
                if (positions is not null)
                {
                    positions[row] = position;
                }
            }

            (_codes[c], _positions[c]) = (codes, positions);
        }
    }

    public int Count { get; }

    public int[] CodesOf(int column) => _codes[column];

    /// <summary>Writes a row as numbers: positions, then ones where its codes are.</summary>
    public void Write(int row, Span<float> numbers)
    {
        for (var c = 0; c < _codes.Length; c++)
        {
            if (_positions[c] is { } positions)
            {
                numbers[_layout.PositionOf[c]] = positions[row];
            }

            numbers[_layout.PositionCount + _layout.Starts[c] + _codes[c][row]] = 1;
        }
    }
}
