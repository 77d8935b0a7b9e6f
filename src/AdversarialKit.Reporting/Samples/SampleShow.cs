namespace AdversarialKit;

/// <summary>What samples look like at one iteration: a sheet of images, or points of the plane.</summary>
/// <param name="Iteration">Iterations completed when they were made.</param>
/// <param name="Image">The sheet; null for points.</param>
/// <param name="Points">x and y in turn; empty for images.</param>
internal sealed record SampleShow(long Iteration, SheetImage? Image, IReadOnlyList<float> Points);
