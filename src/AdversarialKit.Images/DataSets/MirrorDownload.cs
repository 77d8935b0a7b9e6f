namespace AdversarialKit;

/// <summary>Brings MNIST's files from its public mirrors into a folder.</summary>
internal sealed class MirrorDownload(string folder, MnistDownloadOptions options)
{
    // The largest file has 9.9 MB; a server that sends much more sends something else.
    private const long GreatestSize = 64_000_000;

    private static readonly TimeSpan _connectPatience = TimeSpan.FromSeconds(5);

    private static readonly Uri[] _mirrors =
    [
        new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
    ];

    /// <summary>Downloads <paramref name="files"/>, each checked before it gets its name.</summary>
    /// <exception cref="HttpRequestException">The folder cannot be made, or no mirror gave every file.</exception>
    public void Fetch(IReadOnlyList<MnistFile> files, CancellationToken token)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HttpRequestException($"the folder '{folder}' cannot be created");
        }

        var missing = new Queue<MnistFile>(files);
        var reasons = new List<string>();
        using var usual = options.Network is null ? new SocketsHttpHandler { ConnectTimeout = _connectPatience } : null;
        using var client = new HttpClient(options.Network ?? usual!, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
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
                var patience = options.Patience.TotalSeconds;
                var reason = error is OperationCanceledException
                    ? FormattableString.Invariant($"no answer for {patience:0.#} s")
                    : error.Message.TrimEnd('.').ReplaceLineEndings(" ");
                reasons.Add($"{mirror.Host}: {reason}");
            }
        }

        throw new HttpRequestException(string.Join("; ", reasons));
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
        using var target = new ReplacingFile(Path.Combine(folder, file.Name + ".gz"));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(options.Patience);
        using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();

        await CopyAsync(response.Content, target.Stream, address, patience).ConfigureAwait(false);
        await target.Stream.DisposeAsync().ConfigureAwait(false);
        Check(file, target.TemporaryPath, address);
        target.Complete();
        options.Progress?.Report(new MnistDownloadProgress(address, folder, new FileInfo(target.TargetPath).Length, null, IsDone: true));
    }

    private async Task CopyAsync(HttpContent content, Stream target, Uri address, CancellationTokenSource patience)
    {
        using var source = await content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        var buffer = new byte[81_920];
        long received = 0;
        for (int read; (read = await source.ReadAsync(buffer, patience.Token).ConfigureAwait(false)) > 0;)
        {
            received += read;
            if (received > GreatestSize)
            {
                throw new InvalidDataException($"{address} is larger than {GreatestSize} bytes");
            }

            await target.WriteAsync(buffer.AsMemory(0, read), patience.Token).ConfigureAwait(false);
            options.Progress?.Report(new MnistDownloadProgress(address, folder, received, content.Headers.ContentLength, IsDone: false));
            patience.CancelAfter(options.Patience);
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
