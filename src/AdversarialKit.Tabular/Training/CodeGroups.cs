namespace AdversarialKit;

/// <summary>
/// Draws all blocks of codes in a few passes: blocks of about the same size side by side as <c>[N, B, K]</c>, filled up with logits that
/// are never drawn, instead of a dozen small operations for each.
/// </summary>
internal sealed class CodeGroups : IDisposable
{
    private static readonly Scalar Never = (-1e4f).ToScalar();
    private static readonly Scalar Half = 0.5f.ToScalar();

    private readonly List<Group> _groups;
    private readonly Tensor _order;

    public CodeGroups(RowLayout layout)
    {
        _groups = [.. Enumerable.Range(0, layout.Blocks.Count).GroupBy(b => Capacity(layout.Blocks[b])).Select(blocks => Group.Of(layout, [.. blocks]))];
        var places = new long[layout.CodeCount];
        long start = 0;
        foreach (var group in _groups)
        {
            for (var i = 0; i < group.Source.Length; i++)
            {
                if (group.Source[i] < layout.CodeCount)
                {
                    places[group.Source[i]] = start + i;
                }
            }

            start += group.Source.Length;
        }

        _order = tensor(places).DetachFromDisposeScope();
    }

    /// <summary>Draws <c>[N, codes]</c> from logits <c>[N, codes]</c> by uniform numbers of the same shape.</summary>
    public Tensor Draw(Tensor logits, Tensor uniform, GumbelSoftmax gumbel)
    {
        using var scope = NewDisposeScope();
        var count = logits.size(0);
        var filled = cat([logits, full([count, 1], Never, dtype: logits.dtype)], 1);
        var filledUniform = cat([uniform, full([count, 1], Half, dtype: logits.dtype)], 1);
        var drawn = _groups.Select(group => gumbel
            .By(Part(filled, group, count), Part(filledUniform, group, count))
            .reshape(count, -1));
        return cat([.. drawn], 1).index_select(1, _order).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        _order.Dispose();
        _groups.ForEach(group => group.Index.Dispose());
    }

    private static Tensor Part(Tensor filled, Group group, long count) => filled.index_select(1, group.Index).reshape(count, group.Blocks, -1);

    private static int Capacity(int size)
    {
        var capacity = 2;
        while (capacity < size)
        {
            capacity *= 2;
        }

        return capacity;
    }

    private sealed record Group(Tensor Index, long[] Source, int Blocks)
    {
        public static Group Of(RowLayout layout, int[] blocks)
        {
            var width = blocks.Max(b => layout.Blocks[b]);
            var source = blocks
                .SelectMany(b => Enumerable.Range(0, width).Select(k => k < layout.Blocks[b] ? layout.Starts[b] + k : (long)layout.CodeCount))
                .ToArray();
            return new Group(tensor(source).DetachFromDisposeScope(), source, blocks.Length);
        }
    }
}
