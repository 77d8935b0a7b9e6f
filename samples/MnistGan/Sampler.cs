using AdversarialKit;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Draws sheets and exports of a GAN: of any digits, or of those that a conditional one is asked for.</summary>
internal sealed class Sampler(Gan gan, Options options) : ITrainingCallback
{
    private const int AnySide = 5;
    private const long ExportedAtOnce = 500;

    private static readonly ImageSheetOptions _sheet = new() { Padding = 3, Margin = 3, Enlargement = 3, Background = (64, 64, 64) };

    /// <summary>Sheets drawn so far.</summary>
    public int Sheets { get; private set; }

    // The script counts from 0 and draws after the step: 0.png shows the samples after the first one.
    public void OnProgress(Gan gan, TrainingProgress progress)
    {
        if ((progress.Iteration - 1) % options.SampleInterval == 0)
        {
            DrawSheet($"{progress.Iteration - 1}.png");
        }
    }

    // After the last checkpoint: a run that goes on from there draws the sheets that an unbroken one would.
    public void OnEnd(Gan gan, FitResult result) => DrawSheet("final.png");

    /// <summary>Draws 5 x 5 images; for a conditional GAN ten rows of ten, one row a digit.</summary>
    public void DrawSheet(string name)
    {
        using var scope = NewDisposeScope();
        var side = options.Conditional ? ModernNetworks.Classes : AnySide;
        var digits = options.Conditional ? RowsOfDigits() : null;
        ImageSheet.Draw(gan.Sample(side * side, digits), _sheet with { Columns = side }).Save(Path.Combine(OutputFolder.Sheets(options), name));
        Sheets++;
    }

    /// <summary>Writes images in MNIST's format, and for a conditional GAN the digits 0, 1, ..., 9, 0, ... that were asked for beside them.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; no file was written or replaced.</exception>
    public string Export(string path, long count, CancellationToken token)
    {
        using var scope = NewDisposeScope();
        using (var file = new IdxImageWriter(path, count))
        {
            for (long done = 0; done < count; done += ExportedAtOnce)
            {
                token.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                var size = Math.Min(ExportedAtOnce, count - done);
                file.Append(gan.Sample(size, options.Conditional ? Asked(done, size) : null));
            }

            file.Complete();
        }

        // Labels of an earlier run into the same folder would tell of other images.
        var labels = OutputFolder.LabelsBeside(path)!;
        File.Delete(labels);
        if (options.Conditional)
        {
            IdxFile.WriteLabels(labels, Asked(0, count));
        }

        return path;
    }

    /// <summary>The digits of a sheet of ten rows, 0 in the first and 9 in the last.</summary>
    internal static Tensor RowsOfDigits() => arange(ModernNetworks.Classes, dtype: ScalarType.Int64).repeat_interleave(ModernNetworks.Classes);

    /// <summary>The digits 0, 1, ..., 9, 0, ... that images from <paramref name="start"/> on are asked for; the caller disposes them.</summary>
    internal static Tensor Asked(long start, long count)
    {
        using var scope = NewDisposeScope();
        return arange(start, start + count, dtype: ScalarType.Int64).remainder(ModernNetworks.Classes).MoveToOuterDisposeScope();
    }
}
