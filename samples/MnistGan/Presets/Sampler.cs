using AdversarialKit;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Draws sheets and exports of a GAN: of any digits, or of those that a conditional one is asked for.</summary>
internal sealed class Sampler(Gan gan, bool conditional)
{
    private const int AnySide = 5;

    /// <summary>Draws 5 x 5 images; for a conditional GAN ten rows of ten, one row a digit.</summary>
    public void DrawSheet(string path)
    {
        using var scope = NewDisposeScope();
        var side = conditional ? ModernNetworks.Classes : AnySide;
        var digits = conditional ? RowsOfDigits() : null;
        SampleSheet.Draw(gan.Sample(side * side, digits), side, side).SavePng(path);
    }

    /// <summary>Writes images, and for a conditional GAN the digits 0, 1, ..., 9, 0, ... that were asked for beside them.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; no file was written or replaced.</exception>
    public string Export(string folder, long count, CancellationToken token, string name = MnistGan.Export.FileName)
    {
        var done = 0L;
        var path = Path.Combine(folder, name);
        MnistGan.Export.Write(path, count, Next, token);
        var labels = MnistGan.Export.LabelsBeside(path)!;
        if (conditional)
        {
            using var asked = Asked(0, count);
            IdxFile.WriteLabels(labels, asked);
        }
        else
        {
            // Those of an earlier run into the same folder would tell of other images.
            File.Delete(labels);
        }

        return path;

        Tensor Next(long images)
        {
            using var digits = conditional ? Asked(done, images) : null;
            done += images;
            return gan.Sample(images, digits);
        }
    }

    /// <summary>The digits of a sheet of ten rows, 0 in the first and 9 in the last; the caller disposes them.</summary>
    internal static Tensor RowsOfDigits()
    {
        using var scope = NewDisposeScope();
        return arange(ModernNetworks.Classes, dtype: ScalarType.Int64).repeat_interleave(ModernNetworks.Classes).MoveToOuterDisposeScope();
    }

    /// <summary>The digits 0, 1, ..., 9, 0, ... that images from <paramref name="start"/> on are asked for; the caller disposes them.</summary>
    internal static Tensor Asked(long start, long count)
    {
        using var scope = NewDisposeScope();
        return arange(start, start + count, dtype: ScalarType.Int64).remainder(ModernNetworks.Classes).MoveToOuterDisposeScope();
    }
}
