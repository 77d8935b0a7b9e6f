namespace AdversarialKit;

/// <summary>How a picture of another aspect comes to the size that the networks take.</summary>
public enum ImageFit
{
    /// <summary>The largest centred part of the wanted aspect is cut out and resized. Nothing is distorted; the edges of the longer side go.</summary>
    Crop,

    /// <summary>The whole picture is resized, each side by its own factor. Nothing is lost; other aspects are distorted.</summary>
    Stretch,

    /// <summary>The whole picture is resized by one factor and centred; what is left over takes the background's colour.</summary>
    Pad,
}
