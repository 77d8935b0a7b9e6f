namespace AdversarialKit;

/// <summary>
/// Marks a module of ours whose output for one sample depends on the other samples of the batch: real samples and fakes
/// must not be joined into one batch for it, and a penalty on per-sample gradients has no exact meaning.
/// </summary>
internal interface IBatchDependent
{
    /// <summary>What the layer needs of a batch in training, in words, where this one is not it; else null.</summary>
    /// <param name="samples">Samples that pass through at once, at least 1.</param>
    string? NeedUnmetBy(long samples);
}
