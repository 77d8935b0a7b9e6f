namespace AdversarialKit;

/// <summary>How <see cref="MnistFiles.Download"/> goes about it.</summary>
public sealed record MnistDownloadOptions
{
    /// <summary>How long a server may be silent before the next one is asked.</summary>
    /// <value>10 seconds by default.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Told as a file arrives, and once more when it is in its place; on a thread that downloads.</summary>
    /// <value>Null by default.</value>
    public IProgress<MnistDownloadProgress>? Progress { get; init; }

    /// <summary>Told why a file that is there cannot be used and is downloaded again.</summary>
    /// <value>Null by default.</value>
    public Action<string>? Unusable { get; init; }

    /// <summary>The way to the network, such as one with a proxy. Remains the caller's.</summary>
    /// <value>Null by default: the usual one.</value>
    public HttpMessageHandler? Network { get; init; }
}
