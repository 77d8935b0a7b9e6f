using AdversarialKit.PackageFiles;

namespace AdversarialKit.Tests.Packaging;

public sealed class PublicDocumentationTests : IDisposable
{
    private static readonly string _library = typeof(Gan).Assembly.Location;

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Of_TheLibrary_KeepsWhatIsPublicAlone()
    {
        Write("T:AdversarialKit.Gan", "M:AdversarialKit.Gan.Dispose", "T:AdversarialKit.NetworkBuffers", "F:AdversarialKit.Gan._disposed");

        var kept = PublicDocumentation.Of(_library, _path).Descendants("member").Select(member => (string?)member.Attribute("name"));

        kept.Should().Equal("T:AdversarialKit.Gan", "M:AdversarialKit.Gan.Dispose");
    }

    [Fact]
    public void Of_APublicMemberThatPointsToAnInternalOne_Refuses()
    {
        Write("T:AdversarialKit.Gan");
        File.WriteAllText(_path, File.ReadAllText(_path).Replace("summary", "see cref=\"T:AdversarialKit.NetworkBuffers\"", StringComparison.Ordinal));

        var read = () => PublicDocumentation.Of(_library, _path);

        read.Should().Throw<InvalidOperationException>()
            .WithMessage("The documentation of public members points to members that are not public: T:AdversarialKit.NetworkBuffers.");
    }

    private void Write(params string[] members) =>
        File.WriteAllText(_path, $"<doc><members>{string.Concat(members.Select(name => $"<member name=\"{name}\"><summary /></member>"))}</members></doc>");
}
