namespace AdversarialKit;

/// <summary>
/// Marks a module of ours whose output for one sample depends on the other samples of the batch: real samples and fakes
/// must not be joined into one batch for it, and a penalty on per-sample gradients has no exact meaning.
/// </summary>
internal interface IBatchDependent;
