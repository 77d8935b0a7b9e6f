namespace MnistGan;

/// <summary>Brings MNIST's files from its public mirrors into the cache.</summary>
internal sealed class MirrorDownload(Surroundings around)
{
    // The largest file has 9.9 MB; a server that sends much more sends something else.
    private const long GreatestSize = 64_000_000;

    private static readonly Uri[] _mirrors =
    [
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
    ];

    /// <summary>Downloads <paramref name="files"/>, each checked before it gets its name in the cache.</summary>
    /// <exception cref="MnistUnavailableException">The cache cannot be written to, or no mirror gave every file.</exception>
    public void Fetch(IReadOnlyList<MnistFile> files, CancellationToken token)
    {
        try
        {
            Directory.CreateDirectory(around.CacheFolder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MnistUnavailableException($"the cache folder '{around.CacheFolder}' cannot be created");
        }

        var missing = new Queue<MnistFile>(files);
        var reasons = new List<string>();
        using var client = new HttpClient(around.Network, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        foreach (var mirror in _mirrors)
        {
            try
            {
                // The only place that waits for a task: everything else here is torch, which is bound to its thread.
                FetchAllAsync(client, mirror, missing, token).GetAwaiter().GetResult();
                return;
            }
            catch (Exception error) when (IsFailure(error) && !token.IsCancellationRequested)
            {
                var patience = around.NetworkPatience.TotalSeconds;
                var reason = error is OperationCanceledException
                    ? FormattableString.Invariant($"no answer for {patience:0.#} s")
                    : error.Message.TrimEnd('.').ReplaceLineEndings(" ");
                reasons.Add($"{mirror.Host}: {reason}");
            }
        }

        throw new MnistUnavailableException(string.Join("; ", reasons));
    }

    private static bool IsFailure(Exception error) =>
        error is HttpRequestException or IOException or InvalidDataException or OperationCanceledException or UnauthorizedAccessException;

    private async Task FetchAllAsync(HttpClient client, Uri mirror, Queue<MnistFile> missing, CancellationToken token)
    {
        while (missing.TryPeek(out var file))
        {
            await FetchAsync(client, mirror, file, token).ConfigureAwait(false);
            missing.Dequeue();
        }
    }

    private async Task FetchAsync(HttpClient client, Uri mirror, MnistFile file, CancellationToken token)
    {
        var address = new Uri(mirror, file.Name + ".gz");
        using var target = new ReplacingFile(Path.Combine(around.CacheFolder, file.Name + ".gz"));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(around.NetworkPatience);
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();

        await CopyAsync(response.Content, target.Stream, address, patience).ConfigureAwait(false);
        await target.Stream.DisposeAsync().ConfigureAwait(false);
        Check(file, target.TemporaryPath, address);
        target.Complete();
        around.Output.WriteLine($"Downloaded {address} to {around.CacheFolder}");
    }

    private async Task CopyAsync(HttpContent content, Stream target, Uri address, CancellationTokenSource patience)
    {
        using var progress = new DownloadProgress(around, address, content.Headers.ContentLength);
        using var source = await content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        var buffer = new byte[81_920];
        long received = 0;
        for (int read; (read = await source.ReadAsync(buffer, patience.Token).ConfigureAwait(false)) > 0;)
        {
            received += read;
            if (received > GreatestSize)
            {
                throw new InvalidDataException($"{address} is larger than {Wording.Megabytes(GreatestSize)}");
            }

            await target.WriteAsync(buffer.AsMemory(0, read), patience.Token).ConfigureAwait(false);
            progress.Report(received);
            patience.CancelAfter(around.NetworkPatience);
        }
    }

    private static void Check(MnistFile file, string path, Uri address)
    {
        try
        {
            file.Read(path).Dispose();
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException(error.Message.Replace(path, address.ToString(), StringComparison.Ordinal), error);
        }
    }
}
