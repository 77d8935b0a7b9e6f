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
}
