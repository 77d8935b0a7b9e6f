namespace AdversarialKit.PackageFiles;

/// <summary>Where the files of one commit are to be seen, as GitHub, GitLab and Gitea name them.</summary>
internal sealed record RepositoryAddress(string Url, string Commit)
{
    public string Page(string path) => $"{Root}/blob/{Commit}/{path}";

    public string Raw(string path) => $"{Root}/raw/{Commit}/{path}";

    private string Root => Url.EndsWith(".git", StringComparison.Ordinal) ? Url[..^4] : Url.TrimEnd('/');
}
