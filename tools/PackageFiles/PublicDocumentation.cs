using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AdversarialKit.PackageFiles;

/// <summary>The compiler documents internal members as well, which is of use within the repository only.</summary>
internal static class PublicDocumentation
{
    public static XDocument Of(string assembly, string xml)
    {
        var hidden = HiddenMembers(assembly);
        var documentation = XDocument.Load(xml);
        documentation.Descendants("member").Where(member => hidden.Contains((string)member.Attribute("name")!)).Remove();
        var dangling = documentation.Descendants()
            .Select(element => (string?)element.Attribute("cref"))
            .Where(reference => reference is not null && hidden.Contains(reference))
            .Distinct().ToList();
        return dangling.Count == 0
            ? documentation
            : throw new InvalidOperationException($"The documentation of public members points to members that are not public: {string.Join(", ", dangling)}.");
    }

    private static HashSet<string> HiddenMembers(string assembly)
    {
        var reference = MetadataReference.CreateFromFile(assembly);
        var compilation = CSharpCompilation.Create("Reader", references: [reference], options: new(OutputKind.DynamicallyLinkedLibrary, metadataImportOptions: MetadataImportOptions.All));
        var root = ((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(reference)!).GlobalNamespace;
        var hidden = new HashSet<string>(StringComparer.Ordinal);
        Visit(root, isVisible: true, hidden);
        return hidden;
    }

    private static void Visit(INamespaceOrTypeSymbol container, bool isVisible, HashSet<string> hidden)
    {
        foreach (var member in container.GetMembers())
        {
            var isSeen = isVisible && (member is INamespaceSymbol || IsSeen(member));
            if (!isSeen && member.GetDocumentationCommentId() is { } id)
            {
                hidden.Add(id);
            }

            if (member is INamespaceOrTypeSymbol inner)
            {
                Visit(inner, isSeen, hidden);
            }
        }
    }

    private static bool IsSeen(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal;
}
