namespace AdversarialKit;

/// <summary>Categories by code, the most frequent ones first. Rare ones beyond the limit share the last code and are drawn from it by their frequency.</summary>
internal sealed class CategoryCodec : IColumnCodec
{
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly int _missing;
    private readonly int _rare;
    private readonly double[] _rareUpTo;

    public CategoryCodec(CategoryCodecState state)
    {
        State = state;
        for (var i = 0; i < state.Frequent.Count; i++)
        {
            _codes.Add(state.Frequent[i], i);
        }

        var next = state.Frequent.Count;
        _missing = state.HasMissing ? next++ : -1;
        _rare = state.Rare.Count > 0 ? next++ : -1;
        Codes = next;
        double sum = 0;
        _rareUpTo = [.. state.RareCounts.Select(count => sum += count)];
    }

    public CategoryCodecState State { get; }

    public int Codes { get; }

    public bool HasPosition => false;

    public static CategoryCodec Of(IEnumerable<string?> cells, int limit)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var hasMissing = false;
        foreach (var cell in cells)
        {
            if (cell is null)
            {
                hasMissing = true;
            }
            else
            {
                counts[cell] = counts.GetValueOrDefault(cell) + 1;
            }
        }

        var ordered = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        var frequent = ordered.Count <= limit ? ordered.Count : limit - 1;
        return new CategoryCodec(new CategoryCodecState(
            [.. ordered.Take(frequent).Select(pair => pair.Key)],
            [.. ordered.Skip(frequent).Select(pair => pair.Key)],
            [.. ordered.Skip(frequent).Select(pair => pair.Value)],
            hasMissing));
    }

    public (int Code, float Position) Encode(string? cell, Random random) => (CodeOf(cell), 0);

    public int CodeOf(string? value) => value is null ? _missing : _codes.TryGetValue(value, out var code) ? code : State.Rare.Contains(value) ? _rare : -1;

    /// <summary>Whether other values have the code as well.</summary>
    public bool IsShared(int code) => code == _rare;

    public string? Decode(int code, double position, Random random)
    {
        if (code != _rare)
        {
            return code == _missing ? null : State.Frequent[code];
        }

        var place = Array.BinarySearch(_rareUpTo, random.NextDouble() * _rareUpTo[^1]);
        return State.RareList[Math.Min(place < 0 ? ~place : place, State.Rare.Count - 1)];
    }
}
