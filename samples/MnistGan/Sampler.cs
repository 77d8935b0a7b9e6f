using AdversarialKit;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Draws sheets and exports of a GAN: of any digits, or of those that a conditional one is asked for.</summary>
internal sealed class Sampler(Gan gan, Options options) : ITrainingCallback
{
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
        var side = options.Conditional ? ModernNetworks.Classes : 5;
        var digits = options.Conditional ? RowsOfDigits() : null;
        ImageSheet.Draw(gan.Sample(side * side, digits), _sheet with { Columns = side }).Save(Path.Combine(OutputFolder.Sheets(options), name));
        Sheets++;
    }

    /// <summary>Writes images in MNIST's format where that is asked for, and for a conditional GAN the digits 0, 1, ..., 9, 0, ... beside them.</summary>
    /// <returns>False where the run was to stop meanwhile; then no file was written or replaced.</returns>
    public bool TryExport(string name, CancellationToken token)
    {
        if (options.Export is not { } count)
        {
            return true;
        }

        using var scope = NewDisposeScope();
        var (path, next) = (Path.Combine(options.OutputFolder, name), 0L);
        try
        {
            IdxFile.WriteImages(path, count, size => gan.Sample(size, options.Conditional ? Asked((next += size) - size, size) : null), token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return false;
        }

        // Labels of an earlier run into the same folder would tell of other images.
        File.Delete(OutputFolder.LabelsBeside(path)!);
        if (options.Conditional)
        {
            IdxFile.WriteLabels(OutputFolder.LabelsBeside(path)!, Asked(0, next));
        }

        return true;
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
