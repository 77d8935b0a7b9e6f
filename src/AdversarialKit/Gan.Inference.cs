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
        var (own, given) = (NetworkState.Of(_parts.Generator), NetworkState.Of("module", into));
        if (DifferencesOf(own, given) is { Count: > 0 } differences)
        {
            throw new ArgumentException(
                "The module is not of the same build as this GAN's generator:" + string.Concat(differences.Select(line => $"{Environment.NewLine}- {line}")),
                nameof(into));
        }

        TensorTransfer.Copy(own, given);
    }

    /// <summary>The same for making samples: the module is in inference mode then.</summary>
    /// <returns>The iterations that made the weights.</returns>
    internal long CopyForSamples(nn.Module module)
    {
        using var held = System.Gate.Enter();
        CopyGenerator(module);
        module.eval();
        return Iteration;
    }

    private static List<string> DifferencesOf(IReadOnlyDictionary<string, Tensor> own, IReadOnlyDictionary<string, Tensor> given)
    {
        var (ours, theirs) = (Described(own), Described(given));
        return [.. ours.Except(theirs).Select(tensor => $"The GAN's has {tensor}."), .. theirs.Except(ours).Select(tensor => $"The module has {tensor}.")];

        static List<string> Described(IReadOnlyDictionary<string, Tensor> state) =>
            [.. state.Select(entry => $"{DisplayText.Quote(entry.Key)}, {DisplayText.Tensor(entry.Value.dtype, entry.Value.shape)}")];
    }
}
