namespace AdversarialKit;

/// <summary>Pictures that follow one another, as an animated PNG: browsers show it wherever they show a PNG, in full colour.</summary>
public static class ImageAnimation
{
    /// <summary>The longest that a frame can be shown: APNG counts milliseconds in 16 bits.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(ushort.MaxValue);

    private static readonly TimeSpan _usual = TimeSpan.FromMilliseconds(200);

    /// <summary>Writes sheets as an animation that repeats for ever, whole or not at all.</summary>
    /// <param name="path">The file, usually ending in <c>.png</c>; it is replaced, and its folder made if need be.</param>
    /// <param name="frames">The sheets in their order, all of one size.</param>
    /// <param name="delay">How long each is shown, 1 ms to 65.535 s. Default: 0.2 s.</param>
    /// <exception cref="ArgumentException">There are no frames, or their sizes differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is out of its range.</exception>
    /// <exception cref="IOException">The file could not be written; what was there before is there still.</exception>
    public static void Save(string path, IReadOnlyList<ImageSheet> frames, TimeSpan? delay = null)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var shown = delay ?? _usual;
        ArgumentOutOfRangeException.ThrowIfLessThan(shown, TimeSpan.FromMilliseconds(1), nameof(delay));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shown, _longest, nameof(delay));
        if (frames.Count == 0)
        {
            throw new ArgumentException("An animation needs at least one frame, but there are none.", nameof(frames));
        }

        if (frames.FirstOrDefault(frame => (frame.Width, frame.Height) != (frames[0].Width, frames[0].Height)) is { } other)
        {
            throw new ArgumentException(
                $"The frames of an animation share one size, but the first is {frames[0].Width} x {frames[0].Height} and another {other.Width} x {other.Height}.",
                nameof(frames));
        }

        ReplacedFile.Write(path, PngFile.Encode(frames, shown));
    }

    /// <summary>Writes the pictures of a folder, such as the one of an <see cref="ImageSheetLog"/>, as an animation; see <see cref="Save"/>.</summary>
    /// <param name="folder">The folder; its pictures follow one another by name, those of folders below it included.</param>
    /// <param name="path">The file, which must not lie in the folder: it would be one of its pictures the next time.</param>
    /// <param name="delay">How long each is shown, 1 ms to 65.535 s. Default: 0.2 s.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">The folder holds no pictures, or pictures of several sizes, or the file would lie in it.</exception>
    /// <exception cref="ImageFileException">A picture cannot be read.</exception>
    /// <exception cref="IOException">The file could not be written; what was there before is there still.</exception>
    public static void FromFolder(string folder, string path, TimeSpan? delay = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var listing = FolderListing.Read(folder);
        var below = Path.GetRelativePath(folder, path);
        if (!Path.IsPathRooted(below) && below.Split(Path.DirectorySeparatorChar)[0] != "..")
        {
            throw new ArgumentException($"'{path}' lies in '{folder}' and would be one of its pictures the next time. Write it elsewhere.", nameof(path));
        }

        var decoder = new PictureDecoder(new ImageFolderOptions().MaxPixels);
        Save(path, [.. listing.Names.Select((_, i) => Read(decoder, listing.PathOf(i)))], delay);
    }

    private static ImageSheet Read(PictureDecoder decoder, string path)
    {
        // No size is wanted that would let the decoder reduce it.
        using var picture = decoder.Decode(path, (int.MaxValue, int.MaxValue), ImageFit.Stretch);
        return new ImageSheet(picture.Width, picture.Height, picture.Pixels.ToArray());
    }
}
