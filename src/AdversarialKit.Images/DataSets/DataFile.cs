namespace AdversarialKit;

/// <summary>Reads a data set's file, gzipped or not, piece by piece, and knows how to say what is wrong where.</summary>
internal sealed class DataFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;
    private readonly Stream _content;
    private readonly bool _isCompressed;

    private DataFile(string path)
    {
        _path = path;
        _file = InputFile.Open(path);
        _isCompressed = _file.ReadByte() == 0x1F && _file.ReadByte() == 0x8B;
        _file.Position = 0;
        _content = _isCompressed ? new WholeGzipStream(_file) : _file;
    }

    /// <summary>The bytes read so far.</summary>
    public long Offset { get; private set; }

    /// <summary>Opens the first of a file's names that exists in the folder, with or without <c>.gz</c>.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static DataFile Open(string folder, params string[] names)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = names.SelectMany(name => new[] { name, name + ".gz" }).Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return path is not null
            ? new DataFile(path)
            : throw new FileNotFoundException($"There is no file '{names[0]}' or '{names[0]}.gz' in '{folder}'. Put the data set's files there, as its authors publish them.");
    }

    /// <summary>Fills <paramref name="target"/>.</summary>
    /// <exception cref="InvalidDataException">The file ends before, or its compression is broken.</exception>
    public void Fill(Span<byte> target, string expectation)
    {
        while (!target.IsEmpty)
        {
            var read = ReadSome(target);
            if (read == 0)
            {
                throw Fault($"expected {expectation}, but the file ends there");
            }

            target = target[read..];
        }
    }

    /// <summary>Fills <paramref name="target"/>, or returns false where the file ends right here.</summary>
    /// <exception cref="InvalidDataException">The file ends within, or its compression is broken.</exception>
    public bool TryFill(Span<byte> target, string expectation)
    {
        var read = ReadSome(target);
        if (read > 0)
        {
            Fill(target[read..], expectation);
        }

        return read > 0;
    }

    public InvalidDataException Fault(string what) =>
        new($"{_path}: at byte {Offset}{(_isCompressed ? " of the decompressed content" : "")}: {what}.");

    public void Dispose()
    {
        _content.Dispose();
        _file.Dispose();
    }

    private int ReadSome(Span<byte> target)
    {
        try
        {
            var read = _content.Read(target);
            Offset += read;
            return read;
        }
        catch (InvalidDataException broken)
        {
            throw Fault($"expected a sound gzip stream, but it is broken or cut off ({broken.Message.TrimEnd('.')})");
        }
    }
}
