using TorchSharp;

namespace MnistGan;

/// <summary>Finds MNIST: in the user's folder, in the one that MNIST_DIR names, in the cache, on a mirror.</summary>
internal sealed class MnistSource(Surroundings around)
{
    /// <summary>The environment variable that names a folder with MNIST's files.</summary>
    public const string FolderVariable = "MNIST_DIR";

    /// <summary>Loads one part.</summary>
    /// <param name="part">Which files.</param>
    /// <param name="folder">The user's folder, or null. A folder that the user named is the only place looked at.</param>
    /// <param name="token">Ends a download.</param>
    /// <exception cref="UserErrorException">The user's folder has no such files.</exception>
    /// <exception cref="InvalidDataException">A file in the user's folder is not what it should be.</exception>
    /// <exception cref="MnistUnavailableException">No folder was named, nothing is cached, and no mirror gave the files.</exception>
    public Dataset Load(MnistPart part, string? folder, CancellationToken token)
    {
        if (folder is not null)
        {
            return ReadNamed(part, folder, "--data");
        }

        return around.Variable(FolderVariable) is { Length: > 0 } named
            ? ReadNamed(part, named, FolderVariable)
            : ReadCached(part) ?? Download(part, token);
    }

    private static Dataset ReadNamed(MnistPart part, string folder, string setting)
    {
        if (!Directory.Exists(folder))
        {
            throw new UserErrorException($"{setting}: the folder '{folder}' does not exist.");
        }

        foreach (var file in part.Files.Where(file => file.FindIn(folder) is null))
        {
            throw new UserErrorException($"{setting}: the folder '{folder}' has none of {string.Join(", ", file.Names)}.");
        }

        return Read(part, folder);
    }

    private Dataset? ReadCached(MnistPart part)
    {
        if (part.Files.Any(file => file.FindIn(around.CacheFolder) is null))
        {
            return null;
        }

        try
        {
            return Read(part, around.CacheFolder);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            around.Output.WriteLine($"A file in the cache cannot be used and is downloaded again: {error.Message}");
            return null;
        }
    }

    private Dataset Download(MnistPart part, CancellationToken token)
    {
        new MirrorDownload(around).Fetch(part.Files, token);
        return Read(part, around.CacheFolder);
    }

    private static Dataset Read(MnistPart part, string folder)
    {
        var images = part.Images.Read(part.Images.FindIn(folder)!);
        try
        {
            using var labels = part.Labels.Read(part.Labels.FindIn(folder)!);
            var description = FormattableString.Invariant($"MNIST, {part.Images.Count:N0} images from {folder}");
            return new Dataset(images, labels.to(torch.ScalarType.Int64).DetachFromDisposeScope(), description);
        }
        catch
        {
            images.Dispose();
            throw;
        }
    }
}
