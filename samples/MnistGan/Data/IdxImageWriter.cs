using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Writes an IDX file of images batch by batch, so that any number of them fits into little memory.</summary>
internal sealed class IdxImageWriter : IDisposable
{
    private readonly ReplacingFile _file;
    private readonly Stream _stream;
    private readonly long _count;
    private long _written;

    /// <summary>Starts a file of <paramref name="count"/> images, gzipped where the name ends in <c>.gz</c>.</summary>
    public IdxImageWriter(string path, long count)
    {
        _count = count;
        int[] header = [IdxFile.ImagesMagic, checked((int)count), InkField.Side, InkField.Side];
        _file = new ReplacingFile(path);
        _stream = IdxFile.OpenForWriting(_file);
        IdxFile.WriteHeader(_stream, header);
    }

    /// <summary>Adds images, <c>uint8</c> [n, 28, 28].</summary>
    /// <exception cref="ArgumentException">Another element type or shape, or more images than announced.</exception>
    public void Append(Tensor images)
    {
        if (images.dtype != ScalarType.Byte || images.dim() != 3 || images.shape[1] != InkField.Side || images.shape[2] != InkField.Side)
        {
            throw new ArgumentException(
                $"An image file takes uint8 images of shape [n, 28, 28], but got {images.dtype} of [{string.Join(", ", images.shape)}].", nameof(images));
        }

        if (_written + images.shape[0] > _count)
        {
            throw new ArgumentException($"{_count} images were announced, but these make {_written + images.shape[0]}.", nameof(images));
        }

        using var scope = NewDisposeScope();
        _stream.Write(images.cpu().contiguous().bytes);
        _written += images.shape[0];
    }

    /// <summary>Gives the file its name.</summary>
    /// <exception cref="InvalidOperationException">Fewer images came than were announced.</exception>
    public void Complete()
    {
        if (_written != _count)
        {
            throw new InvalidOperationException($"{_count} images were announced, but {_written} came.");
        }

        _stream.Dispose();
        _file.Complete();
    }

    public void Dispose()
    {
        try
        {
            _stream.Dispose();
        }
        finally
        {
            _file.Dispose();
        }
    }
}
