namespace AdversarialKit;

/// <summary>
/// The SplitMix64 sequence (Steele, Lea and Flood, 2014), one for each item of a seeded series: what is drawn for an item depends on
/// its number alone, whichever thread draws it, and <see cref="System.Random"/> does not promise its sequence across versions.
/// </summary>
internal struct SplitMix(long seed, long item)
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state = Mix(unchecked((ulong)seed + Step)) ^ Mix(unchecked(((ulong)item * Step) + 1));

    /// <summary>A number in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number in [low, high).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>A whole number from 0 to below <paramref name="end"/>.</summary>
    public int Below(int end) => (int)Math.BigMul(Next(), (ulong)end, out _);

    /// <summary>
    /// A bell curve of mean 0 and standard deviation 1 that never leaves [-3.47, 3.47]: the sum of four uniform numbers.
    /// </summary>
    public double Bell() => (Uniform() + Uniform() + Uniform() + Uniform() - 2) * 1.7320508075688772;

    private ulong Next()
    {
        _state = unchecked(_state + Step);
        return Mix(_state);
    }

    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
