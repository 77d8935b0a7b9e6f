namespace AdversarialKit;

/// <summary>A file that could not be read as a picture.</summary>
/// <param name="Path">The file.</param>
/// <param name="Reason">What is wrong with it, as half a sentence.</param>
public sealed record BrokenImage(string Path, string Reason);
