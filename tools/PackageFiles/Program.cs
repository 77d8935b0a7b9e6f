namespace AdversarialKit.PackageFiles;

/// <summary>
/// Makes the files of a package that differ from those of the repository: a README whose links are absolute, below the address of a commit, or
/// became their text without one; and what the compiler wrote about public members, without the others.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["readme", var source, var destination]:
                File.WriteAllText(destination, ReadmeLinks.Absolute(File.ReadAllText(source), null));
                return 0;
            case ["readme", var source, var destination, var url, var commit]:
                File.WriteAllText(destination, ReadmeLinks.Absolute(File.ReadAllText(source), new RepositoryAddress(url, commit)));
                return 0;
            case ["documentation", var assembly, var xml, var destination]:
                PublicDocumentation.Of(assembly, xml).Save(destination);
                return 0;
            default:
                Console.Error.WriteLine("Usage: readme SOURCE DESTINATION [REPOSITORY-URL COMMIT] | documentation ASSEMBLY XML DESTINATION");
                return 2;
        }
    }
}
