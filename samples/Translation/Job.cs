using static TorchSharp.torch;

namespace Translation;

/// <summary>A job that the sample does: what becomes what, and how it is learned.</summary>
internal abstract class Job
{
    public static IReadOnlyList<Job> All { get; } = [new OutlinesJob(), new SharpenJob(), new PlainSharpenJob(), new HandwritingJob()];

    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>A sentence for the help.</summary>
    public abstract string Summary { get; }

    /// <summary>Iterations where nobody says otherwise.</summary>
    public abstract long Iterations { get; }

    /// <summary>Whether each source has a picture that would be right.</summary>
    public virtual bool IsPaired => true;

    /// <summary>Network, losses and batches, ready to train.</summary>
    public abstract Translator Build(Digits digits, long iterations, long seed);

    /// <summary>The network alone, for weights that are there.</summary>
    public abstract nn.Module<Tensor, Tensor> Network();

    /// <summary>Pictures that nothing has learned from, to translate.</summary>
    public abstract (Tensor Sources, Tensor Labels) HeldOut(Digits digits);

    /// <summary>What a source is called, what does without a network, and how: the row beside ours.</summary>
    public virtual (string Name, Func<Tensor, Tensor> Make) Baseline => ("untranslated", sources => sources.alias());

    /// <summary>The rows of a sheet: source, translation, and what it should be or the way back.</summary>
    public abstract (IReadOnlyList<string> Labels, Func<Tensor> Draw) Sheet(Digits digits, Translator translator);
}
