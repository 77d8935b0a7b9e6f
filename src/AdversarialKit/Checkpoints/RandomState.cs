using System.Buffers.Binary;

namespace AdversarialKit;

/// <summary>
/// The state of torch's generators of randomness as bytes, and back. torch ends the process on a state of the wrong size,
/// and reads beyond its table on one whose positions do not belong together: everything is checked here first.
/// </summary>
internal static class RandomState
{
    /// <summary>The bytes of a CPU generator's state.</summary>
    public const int Length = 5056;

    // The layout of at::CPUGeneratorImplState: seed, steps left, seeded, next position, 624 words of Mersenne Twister as
    // 64-bit numbers, then the normals that are kept for the next call.
    private const int Words = 624;
    private const int LeftAt = 8;
    private const int SeededAt = 12;
    private const int NextAt = 16;
    private const int WordsAt = 24;
    private const int DoubleNormalAt = WordsAt + (Words * 8) + 8;
    private const int DoubleIsValidAt = DoubleNormalAt + 16;
    private const int FloatNormalAt = DoubleIsValidAt + 8;
    private const int FloatIsValidAt = FloatNormalAt + 4;

    // Normals are made from uniform numbers of at most 53 bits, so none exceeds sqrt(2 * 53 * ln 2) = 8.6.
    private const double LargestNormal = 9;

    /// <summary>A copy of a generator's state: 5056 bytes on the CPU, which the caller disposes.</summary>
    public static Tensor Capture(Generator generator)
    {
        using var state = generator.get_state();
        return state.clone();
    }

    /// <summary>A copy of the state of the generator that torch shares among all who name none, such as dropout.</summary>
    public static Tensor CaptureGlobal()
    {
        using var state = torch.random.get_rng_state();
        return state.clone();
    }

    /// <summary>Puts a generator into a captured state.</summary>
    /// <exception cref="ArgumentException">The tensor is no such state; nothing was changed.</exception>
    public static void Restore(Generator generator, Tensor state)
    {
        ThrowIfFaulty(state);
        generator.set_state(state);
    }

    /// <summary>Puts torch's shared generator into a captured state.</summary>
    /// <exception cref="ArgumentException">The tensor is no such state; nothing was changed.</exception>
    public static void RestoreGlobal(Tensor state)
    {
        ThrowIfFaulty(state);
        torch.random.set_rng_state(state);
    }

    /// <summary>What is wrong with a state, or null if it can be restored.</summary>
    public static string? FaultOf(Tensor state)
    {
        if (state.dtype != ScalarType.Byte || state.device_type != DeviceType.CPU || state.dim() != 1 || state.numel() != Length || !state.is_contiguous())
        {
            return $"A state of a random generator is U8 [{Length}] on the CPU, but this is {DisplayText.Tensor(state.dtype, state.shape)} on {state.device}.";
        }

        return FaultOf(state.bytes);
    }

    private static string? FaultOf(ReadOnlySpan<byte> state)
    {
        var left = BinaryPrimitives.ReadInt32LittleEndian(state[LeftAt..]);
        var next = BinaryPrimitives.ReadUInt64LittleEndian(state[NextAt..]);

        // A fresh generator has one step left and stands at 0; afterwards both always add up to the size of the table.
        // torch checks each by itself only, and would read on behind the table.
        var fits = (left == 1 && next == 0) || (left >= 1 && left <= Words && next == (ulong)(Words + 1 - left));
        if (!fits || BinaryPrimitives.ReadInt32LittleEndian(state[SeededAt..]) != 1)
        {
            return "The state of a random generator is damaged: its position does not lie in its table.";
        }

        if (!AreWords(state.Slice(WordsAt, Words * 8)))
        {
            return "The state of a random generator is damaged: its table holds numbers that cannot be there.";
        }

        return AreNormals(state) ? null : "The state of a random generator is damaged: the numbers kept for the next call cannot be there.";
    }

    private static bool AreWords(ReadOnlySpan<byte> words)
    {
        ulong any = 0;
        for (var index = 0; index < Words; index++)
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(words[(index * 8)..]);
            if (word > uint.MaxValue)
            {
                return false;
            }

            any |= word;
        }

        // From all zeros only zeros follow, and whoever draws until a number fits would draw for ever.
        return any != 0;
    }

    private static bool AreNormals(ReadOnlySpan<byte> state) =>
        BinaryPrimitives.ReadInt32LittleEndian(state[DoubleIsValidAt..]) is 0 or 1
        && state[FloatIsValidAt] is 0 or 1
        && Math.Abs(BinaryPrimitives.ReadDoubleLittleEndian(state[DoubleNormalAt..])) <= LargestNormal
        && Math.Abs(BinaryPrimitives.ReadSingleLittleEndian(state[FloatNormalAt..])) <= LargestNormal;

    private static void ThrowIfFaulty(Tensor state)
    {
        if (FaultOf(state) is { } fault)
        {
            throw new ArgumentException(fault, nameof(state));
        }
    }
}
