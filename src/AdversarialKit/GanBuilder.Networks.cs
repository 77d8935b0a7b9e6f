namespace AdversarialKit;

/// <content>Terms, conditions, further networks, and what the discriminator is shown.</content>
public sealed partial class GanBuilder
{
    /// <summary>Adds a term to the generator's loss. Its value appears in <see cref="GeneratorResult.Terms"/>, reports and logs.</summary>
    /// <param name="name">Its name; each term has one of its own.</param>
    /// <param name="term">Computes the unweighted scalar from what the step offers.</param>
    /// <param name="weight">Its weight, finite and not 0. Default: 1.</param>
    /// <param name="interval">
    /// Generator steps between two times, at least 1; it then counts as often, so that its mean strength does not depend on it. Default: 1.
    /// </param>
    /// <returns>This builder.</returns>
    public GanBuilder WithGeneratorTerm(string name, Func<GeneratorTermContext, Tensor> term, double weight = 1, int interval = 1) =>
        WithGeneratorTerm(name, GeneratorTerm.Custom(term), weight, interval);

    /// <summary>Adds a term to the generator's loss, ready-made by <see cref="GeneratorTerm"/> or of a class of one's own.</summary>
    /// <param name="name">Its name; each term has one of its own.</param>
    /// <param name="term">The term.</param>
    /// <param name="weight">Its weight, finite and not 0. Default: 1.</param>
    /// <param name="interval">Generator steps between two times, at least 1; it then counts as often. Default: 1.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithGeneratorTerm(string name, IGeneratorTerm term, double weight = 1, int interval = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(term);
        return Set(c => c.GeneratorTerms.Add(new GeneratorTermUse(name, term, weight, interval)));
    }

    /// <summary>Makes the GAN conditional on any floating tensor, of the networks' type: a picture to translate, a vector, a mask.</summary>
    /// <param name="shape">The shape of one condition, <c>[C, H, W]</c> for pictures; empty for one number.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithCondition(params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Set(c => c.Condition = new TensorDeclaration(GanTensors.Condition, null, shape));
    }

    /// <summary>Makes the GAN conditional on any tensor, of a type of its own.</summary>
    /// <param name="type">Its element type.</param>
    /// <param name="shape">The shape of one condition; empty for one number.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithCondition(ScalarType type, params long[] shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return Set(c => c.Condition = new TensorDeclaration(GanTensors.Condition, type, shape));
    }

    /// <summary>The generator makes samples of the condition alone: <c>WithGenerator</c> is given a module of conditions. In place of <see cref="WithLatent"/>.</summary>
    /// <returns>This builder.</returns>
    public GanBuilder WithoutLatent() => Set(c => (c.Latent, c.HasNoLatent) = (new NoLatent(), true));

    /// <summary>
    /// Draws the labels of fakes by themselves, in both steps, as conditional scripts for PyTorch and Keras do. Without it fakes get the
    /// labels of the real batch.
    /// </summary>
    /// <param name="labels">How.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithFakeLabels(FakeLabels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Set(c => c.FakeLabels = labels);
    }

    /// <summary>A further network that the generator step moves with the generator, by the same optimizer; saved and resumed with the rest.</summary>
    /// <param name="name">Its name in checkpoints: lower-case letters, digits and hyphens.</param>
    /// <param name="network">The module, which terms of the generator's loss call; remains the caller's.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithGeneratorCompanion(string name, nn.Module network) => WithCompanion(name, network, ofGenerator: true);

    /// <summary>A further network that the discriminator step moves with the discriminator, by the same optimizer; saved and resumed with the rest.</summary>
    /// <param name="name">Its name in checkpoints: lower-case letters, digits and hyphens.</param>
    /// <param name="network">The module, which penalties or the discriminator call; remains the caller's.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithDiscriminatorCompanion(string name, nn.Module network) => WithCompanion(name, network, ofGenerator: false);

    /// <summary>Shows the discriminator past fakes in place of some new ones; see <see cref="FakeHistory"/>. Part of checkpoints.</summary>
    /// <param name="size">How many past fakes are kept, at least 1.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithFakeHistory(int size) => Set(c => c.HistorySize = size);

    /// <summary>
    /// Lets the discriminator judge several samples at once, which shows it a collapse (Lin et al. 2018, "PacGAN: The power of two samples in
    /// generative adversarial networks"): its input is <c>[N / k, k * C, ...]</c>. Batches must be multiples of k.
    /// </summary>
    /// <param name="samples">How many, k, at least 1. Default: 1.</param>
    /// <returns>This builder.</returns>
    public GanBuilder WithPacking(int samples) => Set(c => c.Packing = samples);

    private GanBuilder WithCompanion(string name, nn.Module network, bool ofGenerator)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(network);
        return Set(c => c.Companions.Add((name, network, ofGenerator)));
    }
}
