namespace AdversarialKit;

/// <summary>How far a file of a download is.</summary>
/// <param name="Address">Where it comes from.</param>
/// <param name="Folder">Where it goes.</param>
/// <param name="Received">Bytes that have arrived.</param>
/// <param name="Size">All its bytes; null where the server does not say.</param>
/// <param name="IsDone">Whether it was checked and is in its place.</param>
public sealed record MnistDownloadProgress(Uri Address, string Folder, long Received, long? Size, bool IsDone);
