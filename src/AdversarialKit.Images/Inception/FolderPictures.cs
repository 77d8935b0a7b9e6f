using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AdversarialKit;

/// <summary>The pictures of a folder in their own sizes, on white where one can see through them.</summary>
internal sealed class FolderPictures(FolderListing listing)
{
    private static readonly ImageFolderOptions _usual = new();

    private readonly PictureDecoder _decoder = new(_usual.MaxPixels);

    public int Count => listing.Names.Count;

    /// <summary>Decodes one and lends it. Safe for use by several threads at once.</summary>
    public void With(int index, Action<Picture> use)
    {
        // No size is wanted that would let the decoder reduce it.
        using var picture = _decoder.Decode(listing.PathOf(index), (int.MaxValue, int.MaxValue), ImageFit.Stretch);
        if (!picture.IsOpaque)
        {
            Opacity.LayOn(picture, _usual.Background);
        }

        use(picture);
    }

    /// <summary>Names the pictures: equal where names and bytes are.</summary>
    public string Digest()
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < Count; i++)
        {
            using var file = FileBytes.Read(listing.PathOf(i), (long)_usual.MaxPixels * Picture.BytesPerPixel);
            all.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{listing.Names[i]}\n{file.Length}\n")));
            all.AppendData(file.Span);
        }

        return Convert.ToHexString(all.GetHashAndReset());
    }
}
