namespace AdversarialKit;

/// <summary>A batch as plain numbers, made on any thread; the thread that trains turns it into tensors.</summary>
/// <param name="Images">[N, C, H, W] in [-1, 1].</param>
/// <param name="Others">The partners of pairs; empty elsewhere.</param>
/// <param name="Labels">A class for each image; empty where there are none.</param>
internal sealed record MadeBatch(float[] Images, float[] Others, long[] Labels);
