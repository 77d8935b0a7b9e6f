namespace AdversarialKit;

/// <summary>Which channels a PNG stores: those that the pixels need.</summary>
/// <param name="HasColour">Whether red, green and blue differ anywhere.</param>
/// <param name="HasOpacity">Whether any pixel lets something through.</param>
internal readonly record struct PngKind(bool HasColour, bool HasOpacity)
{
    /// <summary>PNG's number for it: 2 stands for colour, 4 for opacity.</summary>
    public byte Code => (byte)((HasColour ? 2 : 0) + (HasOpacity ? 4 : 0));

    public int Channels => (HasColour ? 3 : 1) + (HasOpacity ? 1 : 0);

    public static PngKind Of(ImageSheet sheet)
    {
        var kind = default(PngKind);
        var pixels = sheet.Pixels;
        for (var i = 0; i < pixels.Length; i += 4)
        {
            kind = new PngKind(
                kind.HasColour || pixels[i] != pixels[i + 1] || pixels[i] != pixels[i + 2],
                kind.HasOpacity || pixels[i + 3] != byte.MaxValue);
        }

        return kind;
    }

    public static PngKind Join(PngKind one, PngKind other) => new(one.HasColour || other.HasColour, one.HasOpacity || other.HasOpacity);
}
