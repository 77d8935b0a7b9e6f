namespace AdversarialKit;

/// <summary>A tensor in an <see cref="OnnxGraph"/>: an input, a weight, or what a node returns.</summary>
/// <param name="Name">Its name in the file.</param>
public readonly record struct OnnxValue(string Name);
