namespace AdversarialKit;

/// <summary>Which blocks of codes a condition names.</summary>
internal sealed class BlockMasks : IDisposable
{
    private readonly Tensor _membership;
    private readonly Tensor _blockOfCode;

    public BlockMasks(RowLayout layout)
    {
        var blocks = Enumerable.Range(0, layout.Blocks.Count).SelectMany(b => Enumerable.Repeat((long)b, layout.Blocks[b])).ToArray();
        var membership = new float[layout.CodeCount, layout.Blocks.Count];
        for (var code = 0; code < blocks.Length; code++)
        {
            membership[code, blocks[code]] = 1;
        }

        _membership = tensor(membership).DetachFromDisposeScope();
        _blockOfCode = tensor(blocks).DetachFromDisposeScope();
    }

    /// <summary>Ones <c>[N, codes]</c> in all codes of the blocks in which the condition <c>[N, codes]</c> has a one.</summary>
    public Tensor Named(Tensor condition) => condition.mm(_membership).index_select(1, _blockOfCode);

    public void Dispose()
    {
        _membership.Dispose();
        _blockOfCode.Dispose();
    }
}
