namespace AdversarialKit;

/// <summary>An ONNX file, and how closely it was held against the module.</summary>
/// <param name="FilePath">The file.</param>
/// <param name="FileBytes">Its length in bytes.</param>
/// <param name="LargestDeviation">
/// The largest difference between a value of libtorch and the same value of ONNX Runtime, at most <see cref="OnnxExport.Tolerance"/>. Where outputs
/// are larger than 1, in units of the largest.
/// </param>
/// <param name="Samples">How many samples were compared.</param>
public sealed record OnnxExportResult(string FilePath, long FileBytes, double LargestDeviation, long Samples);
