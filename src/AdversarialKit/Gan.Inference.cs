namespace AdversarialKit;

/// <content>The generator as it makes samples, for what is written of it.</content>
public sealed partial class Gan
{
    /// <summary>
    /// Lends the generator with the weights that <c>Sample</c> uses, and inputs from a stream of their own: neither training nor
    /// sampling moves. Labels, where there are any, are 0, 1, ..., and again from 0.
    /// </summary>
    internal T LendGenerator<T>(long count, Func<LentGenerator, T> use)
    {
        using var held = System.Gate.Enter();
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var scope = NewDisposeScope();
        using var random = new Generator(0);
        var generator = _parts.Generator;
        generator.ThrowIfGone();
        var latents = _parts.Latents.Draw(count, random);
        var labels = FixedLabels(count)?.to(generator.Device);
        using var averaged = _parts.Average?.Swap();
        return use(new LentGenerator(generator.Module, latents, labels, averaged is not null));
    }

    /// <summary>
    /// Copies the generator's weights and buffers, as <c>Sample</c> uses them, into another module of the same build: to keep the best
    /// state of a run, or to make samples without the GAN.
    /// </summary>
    /// <param name="into">The module that is overwritten: its state has the same names, shapes and types as the generator's. Remains the caller's.</param>
    /// <param name="weights">Which weights; the averaged ones by default, where there are some.</param>
    /// <exception cref="ArgumentException">The names, shapes or types differ; nothing was overwritten.</exception>
    /// <exception cref="ObjectDisposedException">The GAN is disposed of.</exception>
    public void CopyGenerator(nn.Module into, GeneratorWeights weights = GeneratorWeights.Average)
    {
        ArgumentNullException.ThrowIfNull(into);
        using var held = System.Gate.Enter();
        ObjectDisposedException.ThrowIf(_disposed, this);
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        _parts.Generator.ThrowIfGone();
        using var averaged = weights == GeneratorWeights.Average ? _parts.Average?.Swap() : null;
        var (from, to) = (_parts.Generator.Module.state_dict(), into.state_dict());
        foreach (var (name, tensor) in from)
        {
            if (!to.TryGetValue(name, out var target) || target.dtype != tensor.dtype || !target.shape.AsSpan().SequenceEqual(tensor.shape))
            {
                var found = target is null ? "nothing" : $"{Text.Shape(target)} of type {target.dtype}";
                throw new ArgumentException(
                    $"The generator's '{name}' is {Text.Shape(tensor)} of type {tensor.dtype}, the module that it was to be copied into has {found} there. Construct it as the generator was.",
                    nameof(into));
            }
        }

        foreach (var (name, tensor) in from)
        {
            to[name].copy_(tensor);
        }
    }
}
