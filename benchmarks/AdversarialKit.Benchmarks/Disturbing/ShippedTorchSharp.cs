namespace AdversarialKit.Benchmarks;

/// <summary>This program in a folder of its own, with TorchSharp.dll as its package ships it.</summary>
internal sealed class ShippedTorchSharp : IDisposable
{
    private const string Library = "TorchSharp.dll";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("adversarialkit-shipped-");

    public ShippedTorchSharp()
    {
        // Without a deps.json the host takes what lies in the folder. What is managed it looks for by its true place.
        foreach (var file in new DirectoryInfo(AppContext.BaseDirectory).EnumerateFiles())
        {
            if (file.Name == Library)
            {
                File.Copy(Path.Combine(AppContext.BaseDirectory, "shipped", Library), InFolder(Library));
            }
            else if (file.Extension == ".dll" || file.Name.EndsWith(".runtimeconfig.json", StringComparison.Ordinal))
            {
                file.CopyTo(InFolder(file.Name));
            }
            else if (!file.Name.EndsWith(".deps.json", StringComparison.Ordinal))
            {
                File.CreateSymbolicLink(InFolder(file.Name), file.FullName);
            }
        }
    }

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    private string InFolder(string name) => Path.Combine(_folder.FullName, name);
}
