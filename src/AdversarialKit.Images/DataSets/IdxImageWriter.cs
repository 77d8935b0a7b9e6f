namespace AdversarialKit;

/// <summary>Writes a file of images in MNIST's format batch by batch, so that any number of them fits into little memory; whole or not at all.</summary>
internal sealed class IdxImageWriter : IDisposable
{
    private readonly ReplacingFile _file;
    private readonly Stream _stream;
    private readonly long _count;
    private long _written;

    /// <summary>Starts a file, gzipped where the name ends in <c>.gz</c>.</summary>
    /// <param name="path">The file, in a folder that exists; one that exists is replaced at the end.</param>
    /// <param name="count">How many images it will hold.</param>
    /// <exception cref="OverflowException">More images than the format can count.</exception>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    public IdxImageWriter(string path, long count)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _count = count;
        int[] header = [IdxFile.ImagesMagic, checked((int)count), InkField.Side, InkField.Side];
        _file = new ReplacingFile(path);
        _stream = IdxFile.OpenForWriting(_file);
        IdxFile.WriteHeader(_stream, header);
    }

    internal string TemporaryPath => _file.TemporaryPath;

    /// <summary>Adds images.</summary>
    /// <param name="images">Grey pictures <c>[n, 1, 28, 28]</c>: bytes, or floats in [-1, 1], which are rounded to bytes. Remain the caller's.</param>
    /// <exception cref="ArgumentException">Another element type or shape, or more images than announced.</exception>
    public void Append(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (!(images.dtype == ScalarType.Byte || images.is_floating_point()) || images.dim() != 4 || !images.shape.AsSpan(1).SequenceEqual([1, InkField.Side, InkField.Side]))
        {
            throw new ArgumentException(
                $"An image file takes bytes or floats of shape [n, 1, 28, 28], but got {images.dtype} of [{string.Join(", ", images.shape)}].", nameof(images));
        }

        if (_written + images.shape[0] > _count)
        {
            throw new ArgumentException($"{_count} images were announced, but these make {_written + images.shape[0]}.", nameof(images));
        }

        using var bytes = PictureBytes.From(images);
        _stream.Write(bytes.bytes);
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

    /// <summary>Removes what was written unless it was completed.</summary>
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
