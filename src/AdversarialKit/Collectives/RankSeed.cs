namespace AdversarialKit;

/// <summary>From the one seed of a run, a sequence of random numbers for each rank.</summary>
internal static class RankSeed
{
    /// <summary>Rank 0 has the sequence of a process alone.</summary>
    public static ulong Of(long seed, Team? team) => Of(unchecked((ulong)seed), team?.Rank ?? 0);

    // SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"): neighbouring ranks get unrelated numbers.
    public static ulong Of(ulong seed, int rank)
    {
        if (rank == 0)
        {
            return seed;
        }

        unchecked
        {
            var mixed = seed + (0x9E3779B97F4A7C15UL * (ulong)rank);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }
    }
}
