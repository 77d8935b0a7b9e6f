namespace AdversarialKit;

/// <summary>An encoded image.</summary>
/// <param name="Png">The file's bytes.</param>
/// <param name="Width">Pixels from left to right.</param>
/// <param name="Height">Pixels from top to bottom.</param>
internal sealed record SheetImage(byte[] Png, int Width, int Height);
