using TorchSharp.Modules;
using TorchSharp.Utils;

namespace AdversarialKit;

/// <summary>
/// Noise on feature maps, made by <see cref="GanLayer.NoiseInjection"/>: <c>y = x + strength * noise</c>, one number for each sample and
/// pixel, the same for all channels.
/// </summary>
/// <remarks>
/// In training mode the noise is drawn anew at every call, from the generator that torch shares (as dropout's is), whose state checkpoints
/// hold. In inference mode it is one fixed map for each size, the same for all samples, so that the same latents make the same sample.
/// </remarks>
public sealed class NoiseInjection : nn.Module<Tensor, Tensor>
{
    private const ulong FixedMap = 1;

    [ComponentName(Name = "strength")]
    private Parameter _strength;

    internal NoiseInjection() : base(nameof(NoiseInjection))
    {
        _strength = (Parameter)nn.Parameter(zeros(1)).DetachFromDisposeScope();
        register_parameter("strength", _strength);
    }

    /// <summary>Adds noise.</summary>
    /// <param name="input">Feature maps <c>[N, C, H, W]</c>.</param>
    /// <returns>A new tensor of the same shape.</returns>
    /// <exception cref="ArgumentException"><paramref name="input"/> has another rank.</exception>
    public override Tensor forward(Tensor input)
    {
        CheckInput(input);
        using var scope = NewDisposeScope();
        return Add(input, Noise(input)).MoveToOuterDisposeScope();
    }

    /// <summary>Adds noise of the caller's, scaled by the same strength.</summary>
    /// <param name="input">Feature maps <c>[N, C, H, W]</c>.</param>
    /// <param name="noise"><c>[N, 1, H, W]</c>, or <c>[1, 1, H, W]</c> for all samples. Remains the caller's.</param>
    /// <returns>A new tensor of the input's shape.</returns>
    /// <exception cref="ArgumentException">A shape is another.</exception>
    public Tensor Add(Tensor input, Tensor noise)
    {
        CheckInput(input);
        ArgumentNullException.ThrowIfNull(noise);
        var (maps, drawn) = (input.shape, noise.shape);
        if (drawn.Length != 4 || (drawn[0] != 1 && drawn[0] != maps[0]) || drawn[1] != 1 || drawn[2] != maps[2] || drawn[3] != maps[3])
        {
            throw new ArgumentException(
                $"NoiseInjection was given noise of shape {Text.Shape(noise)} for an input of shape {Text.Shape(input)}; it takes [{maps[0]}, 1, {maps[2]}, {maps[3]}], or a 1 in front for all samples.",
                nameof(noise));
        }

        using var scope = NewDisposeScope();
        return (input + _strength * noise).MoveToOuterDisposeScope();
    }

    /// <summary>What inference mode adds to maps of this size, <c>[1, 1, H, W]</c>.</summary>
    internal Tensor FixedNoise(long height, long width)
    {
        using var scope = NewDisposeScope();
        return (_strength * FixedNoise(height, width, _strength)).MoveToOuterDisposeScope();
    }

    private static void CheckInput(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.dim() != 4)
        {
            throw new ArgumentException($"NoiseInjection was given an input of shape {Text.Shape(input)}; it takes [N, C, H, W].", nameof(input));
        }
    }

    private Tensor Noise(Tensor input)
    {
        var shape = input.shape;
        if (training)
        {
            return SharedDraws.Normal([shape[0], 1, shape[2], shape[3]], input);
        }

        return FixedNoise(shape[2], shape[3], input);
    }

    private static Tensor FixedNoise(long height, long width, Tensor like)
    {
        using var random = new Generator(FixedMap);
        return RandomTensors.Normal([1, 1, height, width], random, ScalarType.Float32, CPU).to(like.dtype).to(like.device);
    }
}
