using System.Text;

namespace AdversarialKit;

/// <summary>Text that is added whole, in the current culture: the report's is the invariant one.</summary>
internal static class Markup
{
    public static StringBuilder Put(this StringBuilder page, string text) => page.Append(text);
}
