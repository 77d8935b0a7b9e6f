using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AdversarialKit;

/// <summary>
/// Keeps the generator of randomness that torch shares among all who name none out of what only looks at a GAN: until disposed, who draws
/// from it, as a network's forward pass or dropout may, draws from another sequence; then it stands where it stood.
/// </summary>
/// <remarks>To be used while the GAN is held, or a step of another thread would draw from the other sequence as well.</remarks>
internal readonly struct SharedNoise : IDisposable
{
    // Enough to tell latents apart; a digest of all of them would cost as much as a small generator.
    private const int DigestedNumbers = 1024;

    private readonly Tensor _before;

    private SharedNoise(ulong seed)
    {
        _before = RandomState.CaptureGlobal().DetachFromDisposeScope();
        using var other = new Generator(seed);
        using var state = other.get_state();
        torch.random.set_rng_state(state);
    }

    /// <summary>A sequence that follows from a seed and latents, so that the same latents show the same noise, and others show other.</summary>
    public static SharedNoise Of(long seed, Tensor latents) => new(unchecked((ulong)seed) ^ SeedOf(latents));

    /// <summary>A seed that follows from latents.</summary>
    public static ulong SeedOf(Tensor latents)
    {
        using var scope = NewDisposeScope();
        var first = latents.detach().flatten();
        var numbers = first.narrow(0, 0, Math.Min(DigestedNumbers, first.numel())).cpu().to(ScalarType.Float64).contiguous();
        var digest = SHA256.HashData(MemoryMarshal.AsBytes(numbers.data<double>().ToArray().AsSpan()));
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    /// <summary>A sequence that follows from a seed and where a generator of randomness stands, which stays there.</summary>
    public static SharedNoise Of(long seed, Generator random)
    {
        using var state = RandomState.Capture(random);
        return Of(seed, state);
    }

    public void Dispose()
    {
        if (_before is not null)
        {
            RandomState.RestoreGlobal(_before);
            _before.Dispose();
        }
    }
}
