using AdversarialKit;

namespace MnistGan;

/// <summary>The figures of one set of images.</summary>
/// <param name="Name">What the images are.</param>
/// <param name="Quality">Their figures.</param>
/// <param name="Agreement">The share on which the judge sees the digit that was asked for; null where nothing was asked for.</param>
internal sealed record EvaluationRow(string Name, QualityReport Quality, double? Agreement = null);
