namespace AdversarialKit;

/// <summary>What is wanted of an IDX file, so that no more memory is taken than for that.</summary>
internal sealed record IdxWish
{
    /// <summary>How many items it must have; null for any number.</summary>
    public int? Count { get; init; }

    /// <summary>How many are kept, the first ones. The rest is read and checked all the same.</summary>
    public int Most { get; init; } = int.MaxValue;

}
