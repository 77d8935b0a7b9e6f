using System.Numerics;
using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>
/// An order of samples that follows from what they are and not from how they came: mixed like a shuffled one, and the same
/// for every order of the same samples. Figures over parts of the samples take it, so that samples which were drawn class by
/// class give what shuffled ones give.
/// </summary>
internal static class SampleOrder
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    /// <summary>The rows in that order, in the current scope.</summary>
    /// <param name="rows">Float64 <c>[N, F]</c>, contiguous.</param>
    /// <param name="seed">Another number gives another order: a sample that is in two sets shall not stand at the same place in both.</param>
    public static Tensor Arranged(Tensor rows, ulong seed = 0)
    {
        using var scope = NewDisposeScope();
        var keys = Keys(rows.cpu(), seed);
        var order = Array.ConvertAll(Enumerable.Range(0, keys.Length).ToArray(), i => (long)i);
        Array.Sort(keys, order);
        SpreadTwins(keys, order);
        return rows.index_select(0, tensor(order).to(rows.device)).MoveToOuterDisposeScope();
    }

    private static ulong[] Keys(Tensor rows, ulong seed)
    {
        var width = (int)rows.shape[1];
        var keys = new ulong[rows.shape[0]];
        for (var row = 0; row < keys.Length; row++)
        {
            using var one = rows.select(0, row);
            var key = Mixed(seed + Odd);
            foreach (var word in MemoryMarshal.Cast<byte, ulong>(one.bytes)[..width])
            {
                key = BitOperations.RotateLeft(key, 27) * Odd ^ Mixed(word);
            }

            keys[row] = Mixed(key);
        }

        return keys;
    }

    /// <summary>Samples that are equal to the last bit have one key, and side by side they would fill a part: the n-th of them gets a key by n.</summary>
    private static void SpreadTwins(ulong[] keys, long[] order)
    {
        var spread = new ulong[keys.Length];
        for (var (i, first) = (0, 0); i < keys.Length; i++)
        {
            first = keys[i] == keys[first] ? first : i;
            spread[i] = Mixed(keys[i] + ((ulong)(i - first) * Odd));
        }

        Array.Sort(spread, order);
    }

    /// <summary>The finalizer of SplitMix64 (Steele, Lea and Flood 2014): every bit of the result depends on every bit given.</summary>
    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
