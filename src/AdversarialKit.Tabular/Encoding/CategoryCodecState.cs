namespace AdversarialKit;

/// <summary>What a <see cref="CategoryCodec"/> is made of.</summary>
internal sealed record CategoryCodecState(IReadOnlyList<string> Frequent, IReadOnlyList<string> RareList, IReadOnlyList<int> RareCounts, bool HasMissing)
{
    private HashSet<string>? _rare;

    internal HashSet<string> Rare => _rare ??= new HashSet<string>(RareList, StringComparer.Ordinal);
}
