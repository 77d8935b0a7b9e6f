using System.Text;

namespace AdversarialKit;

/// <summary>Text that is added whole: so its numbers know no culture, which those of StringBuilder's own interpolation do.</summary>
internal static class Markup
{
    public static StringBuilder Put(this StringBuilder page, string text) => page.Append(text);
}
