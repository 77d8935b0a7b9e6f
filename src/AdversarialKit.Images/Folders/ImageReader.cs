using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>The pictures of a folder, each decoded, resized and kept; any thread may ask.</summary>
internal sealed partial class ImageReader
{
    private readonly FolderListing _listing;
    private readonly PictureDecoder _decoder;
    private readonly ImageCache _cache;
    private readonly bool _skips;
    private readonly int _halves;
    private readonly ConcurrentDictionary<int, BrokenImage> _broken = new();
    private readonly ILogger? _logger;

    /// <param name="listing">The files.</param>
    /// <param name="options">Size, channels, cache.</param>
    /// <param name="halves">2 where a file holds two pictures side by side: the left one's bytes come before the right one's.</param>
    public ImageReader(FolderListing listing, ImageFolderOptions options, int halves = 1)
    {
        (_listing, _halves) = (listing, halves);
        Fitting = PictureFitting.Of(options);
        _decoder = new PictureDecoder(options.MaxPixels);
        _cache = new ImageCache(listing.Names.Count, Fitting.Bytes * halves, options.CacheBytes);
        _skips = options.Broken == BrokenImages.Skip;
        _logger = options.LoggerFactory?.CreateLogger(typeof(ImageFolderBatches));
    }

    public PictureFitting Fitting { get; }

    /// <summary>The files that were found broken so far, by name.</summary>
    public IReadOnlyList<BrokenImage> Broken => [.. _broken.OrderBy(pair => pair.Key).Select(pair => pair.Value)];

    /// <summary>The picture of an index, or the next sound one by name where that one is broken and may be skipped.</summary>
    /// <returns>Its bytes, pixel by pixel, and its own index.</returns>
    /// <exception cref="ImageFileException">It is broken and may not be skipped, or all are broken.</exception>
    public (byte[] Image, int Index) Read(int index)
    {
        for (var tried = 0; tried < _listing.Names.Count; tried++)
        {
            var candidate = (index + tried) % _listing.Names.Count;
            if (!_broken.ContainsKey(candidate) && TryRead(candidate) is { } image)
            {
                return (image, candidate);
            }
        }

        var first = _broken[0];
        throw new ImageFileException(
            first.Path, $"{first.Reason}, and none of the {_listing.Names.Count} pictures of '{_listing.Root}' is any better", null);
    }

    private byte[]? TryRead(int index)
    {
        if (_cache.Find(index) is { } kept)
        {
            return kept;
        }

        try
        {
            var image = Decode(_listing.PathOf(index));
            _cache.Keep(index, image);
            return image;
        }
        catch (ImageFileException error) when (_skips)
        {
            if (_broken.TryAdd(index, new BrokenImage(error.Path, error.Reason)) && _logger is not null)
            {
                LogSkipped(_logger, error.Path, error.Reason);
            }

            return null;
        }
        catch (ImageFileException error)
        {
            throw error.Where($"let {nameof(ImageFolderOptions)}.{nameof(ImageFolderOptions.Broken)} be {nameof(BrokenImages)}.{nameof(BrokenImages.Skip)}");
        }
    }

    private byte[] Decode(string path)
    {
        using var picture = _decoder.Decode(path, (Fitting.Width * _halves, Fitting.Height), Fitting.Fit);
        if (_halves == 1)
        {
            return Fitting.Apply(picture);
        }

        var width = picture.Width / 2;
        if (width == 0)
        {
            throw new ImageFileException(path, "is 1 pixel wide and cannot hold two pictures side by side");
        }

        using var left = picture.Part(0, width);
        using var right = picture.Part(picture.Width - width, width);
        return [.. Fitting.Apply(left), .. Fitting.Apply(right)];
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Skipped '{Path}': it {Reason}.")]
    private static partial void LogSkipped(ILogger logger, string path, string reason);
}
