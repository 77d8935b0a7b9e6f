using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace AdversarialKit;

/// <summary>
/// Finds modules whose parts were lost in publishing: TorchSharp's <c>RegisterComponents()</c> finds parts by reflection over fields, and
/// finds none where the trimmer or the ahead-of-time compiler kept no trace of the fields.
/// </summary>
internal static class TrimmedModules
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static List<string> Find(List<(string Role, nn.Module Module)> networks)
    {
        if (IsTrimmed(typeof(nn.Module)))
        {
            return ["Publishing trimmed away the fields by which TorchSharp finds the parts of a module, so layers would lose parameters without a word. " +
                "Reference the package AdversarialKit in the project that is published, and leave AdversarialKitKeepModules on."];
        }

        return [.. networks
            .SelectMany(network => network.Module.named_modules().Prepend((name: "", module: network.Module)).Select(m => (network.Role, m.name, m.module)))
            .Where(found => IsEmpty(found.module))
            .Select(found => (found.Role, found.name, Type: TrimmedLevel(found.module.GetType())))
            .Where(found => found.Type is not null)
            .Select(found => Fault(found.Role, found.name, found.Type!))
            .Distinct()];
    }

    public static string Fault(string role, string path, Type type) =>
        $"The {role}{(path.Length == 0 ? "" : $"'s module '{path}'")} is a {type.Name} without parts: publishing trimmed away the fields by which TorchSharp finds them. " +
        $"Put <TrimmerRootAssembly Include=\"{type.Assembly.GetName().Name}\" /> into an ItemGroup of the project that is published.";

    /// <summary>The class, or the nearest base class of its own, of which nothing is to be seen; null where all are.</summary>
    public static Type? TrimmedLevel(Type? type)
    {
        while (type is not null && type.Assembly != typeof(nn.Module).Assembly)
        {
            if (IsTrimmed(type))
            {
                return type;
            }

            type = type.BaseType;
        }

        return null;
    }

    // A class without fields is a class; one without a constructor is what trimming leaves.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "Whether the members are there is what is asked.")]
    private static bool IsTrimmed(Type type) => type.GetFields(Own).Length == 0 && type.GetConstructors(Own).Length == 0;

    private static bool IsEmpty(nn.Module module) =>
        !module.named_children().Any() && !module.named_parameters(recurse: false).Any() && !module.named_buffers(recurse: false).Any();
}
