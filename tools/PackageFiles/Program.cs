using AdversarialKit.PackageFiles;

// Makes the files of a package that differ from those of the repository:
//   readme SOURCE DESTINATION [URL]           links made absolute below the URL of a commit, or turned into their text without one
//   documentation ASSEMBLY XML DESTINATION    what the compiler wrote about public members, and nothing about others
switch (args)
{
    case ["readme", var source, var destination, .. var url]:
        File.WriteAllText(destination, ReadmeLinks.Absolute(File.ReadAllText(source), url.Length == 0 ? null : new RepositoryAddress(url[0], url[1])));
        return 0;
    case ["documentation", var assembly, var xml, var destination]:
        PublicDocumentation.Of(assembly, xml).Save(destination);
        return 0;
    default:
        Console.Error.WriteLine("readme SOURCE DESTINATION [REPOSITORY-URL COMMIT] | documentation ASSEMBLY XML DESTINATION");
        return 2;
}
