using System.IO.Compression;
using System.Text;

namespace AdversarialKit.Tests;

/// <summary>Temporary files that are, or are not, TorchScript.</summary>
internal sealed class TorchScriptFile : IDisposable
{
    private TorchScriptFile(Action<string> write)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}.pt");
        write(Path);
    }

    public string Path { get; }

    public static TorchScriptFile Corrupt() => new(path => File.WriteAllText(path, "no archive"));

    /// <summary>A module whose forward returns twice its input.</summary>
    public static TorchScriptFile Doubling() => new(path =>
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        // Pickle protocol 2: an object of class __torch__.Doubling with the one attribute "training".
        Add(archive, "data.pkl", "\u0080\u0002c__torch__\nDoubling\n)\u0081}X\u0008\0\0\0training\u0089sb.");
        Add(archive, "constants.pkl", "\u0080\u0002).");
        Add(archive, "code/__torch__.py", """
            class Doubling(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.Doubling,
                x: Tensor) -> Tensor:
                return torch.mul(x, 2)

            """);
        Add(archive, "version", "3\n");
    });

    public void Dispose() => File.Delete(Path);

    private static void Add(ZipArchive archive, string name, string content)
    {
        using var stream = archive.CreateEntry($"doubling/{name}", CompressionLevel.NoCompression).Open();
        stream.Write(Encoding.Latin1.GetBytes(content));
    }
}
