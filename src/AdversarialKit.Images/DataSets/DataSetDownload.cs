using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;

namespace AdversarialKit;

/// <summary>Brings the files of a data set into a folder, each whole and with the right checksum or not at all.</summary>
/// <param name="client">Asks for them.</param>
/// <param name="from">The address that the files' names follow.</param>
/// <param name="folder">Where they go.</param>
internal sealed class DataSetDownload(HttpClient client, Uri from, string folder)
{
    // An archive's checksum is right before it is opened; the bound is for who publishes one of his own.
    private const long MostUnpacked = 4L << 30;
    private static readonly string[] _unpacked = [".bin", ".gz"];

    public async Task Bring(PublishedFile file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, file.Name);
        if (File.Exists(path) && await ChecksumOf(path, cancellationToken).ConfigureAwait(false) == file.Md5)
        {
            Unpack(path);
            return;
        }

        var address = new Uri(from, file.Name);
        using (var target = new ReplacingFile(path))
        {
            await Download(address, target.Stream, cancellationToken).ConfigureAwait(false);
            await target.Stream.DisposeAsync().ConfigureAwait(false);
            var found = await ChecksumOf(target.TemporaryPath, cancellationToken).ConfigureAwait(false);
            if (found != file.Md5)
            {
                throw new InvalidDataException($"{address} has the checksum {found} and should have {file.Md5} (MD5): it is another file, or was changed on its way. Nothing was kept.");
            }

            target.Complete();
        }

        Unpack(path);
    }

    private async Task Download(Uri address, Stream target, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{address} answered {(int)answer.StatusCode} ({answer.ReasonPhrase}). Give another address that has the same files.", null, answer.StatusCode);
        }

        var content = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            await content.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<string> ChecksumOf(string path, CancellationToken cancellationToken)
    {
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
#pragma warning disable CA5351 // It is what the authors state; it guards against accidents, and nothing in the files is run.
            return Convert.ToHexString(await MD5.HashDataAsync(file, cancellationToken).ConfigureAwait(false)).ToLowerInvariant();
#pragma warning restore CA5351
        }
    }

    // The readers want single files; folders within an archive are left away.
    private void Unpack(string path)
    {
        if (path.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var zip = ZipFile.OpenRead(path);
            foreach (var entry in zip.Entries)
            {
                using var content = entry.Open();
                Keep(entry.Name, entry.Length, content);
            }
        }
        else if (path.EndsWith(".tar.gz", StringComparison.Ordinal))
        {
            using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
            using var tar = new TarReader(packed);
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.DataStream is { } content)
                {
                    Keep(Path.GetFileName(entry.Name), entry.Length, content);
                }
            }
        }
    }

    private void Keep(string name, long length, Stream content)
    {
        var path = Path.Combine(folder, name);
        if (!_unpacked.Contains(Path.GetExtension(name)) || length > MostUnpacked || (File.Exists(path) && new FileInfo(path).Length == length))
        {
            return;
        }

        using var file = new ReplacingFile(path);
        content.CopyTo(file.Stream);
        file.Complete();
    }
}
