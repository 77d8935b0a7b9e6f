namespace AdversarialKit.Tests.Support;

internal static class Repository
{
    /// <summary>The repository's folder, found from where the tests run.</summary>
    public static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "AdversarialKit.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No AdversarialKit.sln above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
