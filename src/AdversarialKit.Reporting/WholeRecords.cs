namespace AdversarialKit;

/// <summary>
/// Appends records to a stream so that all before a failure stay whole: what a full disk took of a record is cut off again, at
/// once or, where that fails as well, before the next one.
/// </summary>
internal sealed class WholeRecords(Stream stream) : IDisposable
{
    private long _whole = stream.Length;

    /// <summary>Hands a record to the operating system in one piece.</summary>
    /// <exception cref="IOException">It could not be written; the records before it are as they were.</exception>
    public void Append(ReadOnlySpan<byte> record)
    {
        Cut();
        try
        {
            stream.Write(record);
            stream.Flush();
            _whole += record.Length;
        }
        catch (IOException)
        {
            TryCut();
            throw;
        }
    }

    /// <summary>Waits until everything is on the disk, where a power cut leaves it.</summary>
    public void Sync()
    {
        if (stream is FileStream file)
        {
            file.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => stream.Dispose();

    private void Cut()
    {
        // Somebody else may have made the file shorter, to keep it small.
        _whole = Math.Min(_whole, stream.Length);
        if (stream.Length > _whole)
        {
            stream.SetLength(_whole);
        }

        stream.Position = _whole;
    }

    private void TryCut()
    {
        try
        {
            Cut();
        }
        catch (IOException)
        {
            // The next record tries it again; until then the torn one is the last, which readers of either format pass over.
        }
    }
}
