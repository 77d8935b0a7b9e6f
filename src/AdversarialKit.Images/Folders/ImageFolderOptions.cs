using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>How pictures from files become batches.</summary>
public sealed record ImageFolderOptions
{
    /// <summary>Width of the batches' images, in pixels.</summary>
    /// <value>64 by default.</value>
    public int Width { get; init; } = 64;

    /// <summary>Height of the batches' images, in pixels.</summary>
    /// <value>64 by default.</value>
    public int Height { get; init; } = 64;

    /// <summary>Channels of the batches' images: 1 for grey, 3 for colour, 4 for colour and opacity.</summary>
    /// <value>3 by default.</value>
    public int Channels { get; init; } = 3;

    /// <summary>How a picture of another aspect comes to the wanted one.</summary>
    /// <value><see cref="ImageFit.Crop"/> by default.</value>
    public ImageFit Fit { get; init; }

    /// <summary>The filter that resizes.</summary>
    /// <value><see cref="ImageFilter.Bilinear"/> by default.</value>
    public ImageFilter Filter { get; init; }

    /// <summary>What transparent pixels lie on where there are fewer than 4 channels, and what <see cref="ImageFit.Pad"/> adds; 0 to 255 each.</summary>
    /// <value>White by default. With 4 channels <see cref="ImageFit.Pad"/> adds transparent pixels.</value>
    public (byte Red, byte Green, byte Blue) Background { get; init; } = (255, 255, 255);

    /// <summary>Whether each subfolder of the folder is a class, numbered in the order of names; deeper folders belong to it.</summary>
    /// <value>False by default: no labels.</value>
    public bool LabelsFromFolders { get; init; }

    /// <summary>Whether half of the images, drawn anew each time, are mirrored left to right.</summary>
    /// <value>False by default.</value>
    public bool Flip { get; init; }

    /// <summary>
    /// Pictures are made this many pixels wider and higher than the batch wants, and a window of the wanted size is cut out at a place
    /// that is drawn anew each time.
    /// </summary>
    /// <value>0 by default: no random crops.</value>
    public int CropMargin { get; init; }

    /// <summary>How pictures are chosen.</summary>
    /// <value><see cref="Sampling.Shuffled"/> by default.</value>
    public Sampling Sampling { get; init; }

    /// <summary>Start of everything that is drawn: order, flips, crops.</summary>
    /// <value>0 by default.</value>
    public long Seed { get; init; }

    /// <summary>
    /// The ranks that part every batch among them: each takes its own pictures of the same order, as one process with a batch of all of them
    /// would, and draws its own flips and crops.
    /// </summary>
    /// <value>Null by default: the batches are those of one process.</value>
    public ICollective? Collective { get; init; }

    /// <summary>What becomes of a file that cannot be read as a picture.</summary>
    /// <value><see cref="BrokenImages.Refuse"/> by default.</value>
    public BrokenImages Broken { get; init; }

    /// <summary>How many bytes of resized pictures are kept so as not to decode them again; one takes width x height x channels, and a little.</summary>
    /// <value>1 GiB by default; 0 keeps none.</value>
    public long CacheBytes { get; init; } = 1L << 30;

    /// <summary>How many threads decode batches ahead of the one that trains; twice as many batches are held ready.</summary>
    /// <value>Null by default: half of the processors, at least 1.</value>
    public int? Threads { get; init; }

    /// <summary>
    /// The most pixels that a picture may have. A larger one counts as broken before memory is taken for it: a file of a few bytes can
    /// claim billions. Decoding one picture takes up to 20 bytes a pixel on each thread.
    /// </summary>
    /// <value>67,108,864 by default: 8192 x 8192.</value>
    public int MaxPixels { get; init; } = 1 << 26;

    /// <summary>Where broken files that are skipped are named, as warnings.</summary>
    /// <value>Null by default: nowhere but in <see cref="ImageFolderBatches.Broken"/>.</value>
    public ILoggerFactory? LoggerFactory { get; init; }
}
