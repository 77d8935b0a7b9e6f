using System.Globalization;

namespace AdversarialKit;

/// <summary>
/// Draws a sheet of samples every so many iterations, always from the same latents, so that one sees the same images grow; writes
/// each as <c>FOLDER/00001000.png</c>.
/// </summary>
/// <remarks>
/// The latents come from the GAN's stream of samples, which is not that of training: watching changes no weight. They are kept in the
/// folder as <c>latents.safetensors</c>, so that a run that is resumed goes on with the same ones.
/// </remarks>
public sealed class ImageSheetLog : ISystemCallback, IDisposable
{
    private const string LatentsFile = "latents.safetensors";
    private const string LatentsName = "latents";

    private readonly ImageSheetLogOptions _options;
    private readonly Func<Tensor>? _images;
    private Tensor? _latents;

    /// <summary>Makes the folder, unless it is there. Sheets of earlier runs remain until a sheet of the same iteration replaces them.</summary>
    /// <param name="folder">Where sheets go.</param>
    /// <param name="options">What is drawn, and when. Default: 64 samples every 1,000 iterations.</param>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public ImageSheetLog(string folder, ImageSheetLogOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _options = options ?? new ImageSheetLogOptions();
        Require(_options.Interval, nameof(options.Interval), nameof(options));
        Require(_options.Samples, nameof(options.Samples), nameof(options));
        SheetLayout.Check(_options.Sheet);
        Directory.CreateDirectory(folder);
        Folder = folder;
    }

    /// <summary>Makes the folder, unless it is there, for sheets of images that the caller makes: of sources beside their translations, say.</summary>
    /// <param name="folder">Where sheets go.</param>
    /// <param name="images">
    /// Makes the images <c>[N, C, H, W]</c> of a sheet; called as <see cref="AdversarialSystem.Infer(Func{Tensor})"/> calls, so that it may call networks and leaves no trace.
    /// </param>
    /// <param name="options">When it is drawn, and how images lie; samples and condition have no say. Default: every 1,000 iterations.</param>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public ImageSheetLog(string folder, Func<Tensor> images, ImageSheetLogOptions? options = null) : this(folder, options)
    {
        ArgumentNullException.ThrowIfNull(images);
        _images = images;
    }

    /// <summary>Where sheets go.</summary>
    public string Folder { get; }

    /// <inheritdoc/>
    public int Interval => _options.Interval;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The GAN makes no images, or the latents kept in the folder are another GAN's; or the system is no GAN, and the log was not told how to make images.</exception>
    public void OnStart(AdversarialSystem system, FitOptions options)
    {
        ArgumentNullException.ThrowIfNull(system);
        Draw(system);
    }

    /// <inheritdoc/>
    public void OnProgress(AdversarialSystem system, TrainingProgress progress)
    {
        ArgumentNullException.ThrowIfNull(system);
        Draw(system);
    }

    /// <inheritdoc/>
    public void OnEnd(AdversarialSystem system, FitResult result)
    {
        ArgumentNullException.ThrowIfNull(system);
        Draw(system);
    }

    /// <summary>Writes all sheets of the folder as one animation; see <see cref="ImageAnimation.FromFolder"/>.</summary>
    /// <param name="path">The file, usually ending in <c>.png</c>, outside of the folder.</param>
    /// <param name="delay">How long each sheet is shown, 1 ms to 65.535 s. Default: 0.2 s.</param>
    /// <exception cref="ArgumentException">There are no sheets yet, or their sizes differ, or the file would lie in the folder.</exception>
    /// <exception cref="IOException">The file could not be written; what was there before is there still.</exception>
    public void SaveAnimation(string path, TimeSpan? delay = null) => ImageAnimation.FromFolder(Folder, path, delay);

    /// <summary>Disposes the latents. Files remain.</summary>
    public void Dispose()
    {
        _latents?.Dispose();
        _latents = null;
    }

    private void Draw(AdversarialSystem system)
    {
        using var scope = NewDisposeScope();
        Save(_images is null ? Samples(system) : system.Infer(_images), system.Iteration);
    }

    private Tensor Samples(AdversarialSystem system)
    {
        var gan = system.Gan ?? throw new ArgumentException(
            "This system is no GAN, and the log does not know what to draw. Give ImageSheetLog a function that makes the images.");
        _latents ??= LoadOrDrawLatents(gan).DetachFromDisposeScope();
        return gan.Generate(_latents, _options.Condition);
    }

    private void Save(Tensor images, long iteration) =>
        ImageSheet.Draw(images, _options.Sheet).Save(Path.Combine(Folder, iteration.ToString("D8", CultureInfo.InvariantCulture) + ".png"));

    // A run that is resumed has drawn its latents already: drawing again would move the stream of samples on.
    private Tensor LoadOrDrawLatents(Gan gan)
    {
        var path = Path.Combine(Folder, LatentsFile);
        var count = _options.Condition?.shape[0] ?? _options.Samples;
        if (gan.Iteration == 0 || !File.Exists(path))
        {
            var drawn = gan.DrawLatents(count);
            Safetensors.Save(path, new Dictionary<string, Tensor> { [LatentsName] = drawn });
            return drawn;
        }

        return Safetensors.Load(path).TryGetValue(LatentsName, out var kept) && kept.dim() > 0 && kept.shape[0] == count
            ? kept.to(gan.Combined.TrainableParameters[0].device)
            : throw new ArgumentException($"'{path}' does not hold {count} latents. Name another folder, or delete the file.");
    }

    private static void Require(int value, string name, string options)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{name} is {value}; it must be at least 1.", options);
        }
    }
}
