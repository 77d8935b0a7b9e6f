namespace AdversarialKit;

/// <summary>One file of a data set in MNIST's format, and what must be in it.</summary>
/// <param name="Name">As the mirrors call it, without <c>.gz</c>.</param>
/// <param name="Magic"><see cref="IdxFile.ImagesMagic"/> or <see cref="IdxFile.LabelsMagic"/>.</param>
/// <param name="Count">Images or labels in it.</param>
/// <param name="Sha256">Digest of the decompressed file, lower-case hexadecimal; archives differ, contents do not.</param>
internal sealed record MnistFile(string Name, int Magic, int Count, string Sha256)
{
    /// <summary>The names under which people keep the file, the likeliest first.</summary>
    public IReadOnlyList<string> Names => NamesOf(Name);

    /// <summary>A file's names: with <c>.gz</c> or without, and with a dot, as an unpacking tool names it.</summary>
    public static IReadOnlyList<string> NamesOf(string name)
    {
        var dotted = name.Replace("-idx", ".idx", StringComparison.Ordinal);
        return [name + ".gz", name, dotted + ".gz", dotted];
    }

    /// <summary>The path of the file in <paramref name="folder"/>, or null.</summary>
    public string? FindIn(string folder) => Names.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Reads and checks the file.</summary>
    /// <exception cref="InvalidDataException">It is not this file; names file, offset and expectation.</exception>
    public Tensor Read(string path)
    {
        // The count is known: a file that claims more is refused before memory is taken.
        var content = IdxFile.Read(path, Magic, new IdxWish { Count = Count }, CancellationToken.None);
        if (content.Sha256 == Sha256)
        {
            return content.Values;
        }

        content.Dispose();
        throw new InvalidDataException($"{path}: expected the content of {Name} with SHA-256 {Sha256}, but found {content.Sha256}.");
    }
}
