using System.Globalization;

namespace AdversarialKit;

/// <summary>New identifiers in the manner of old ones, none of which it repeats: whole numbers go on counting, GUIDs are drawn, others are a prefix that no old one has, and a count.</summary>
internal sealed record IdentifierRenewal(bool IsGuid, string Prefix, long Last)
{
    private const int Digits = 6;

    public static IdentifierRenewal Of(IEnumerable<string?> cells)
    {
        var present = cells.OfType<string>().ToList();
        if (present.Count > 0 && present.All(cell => Guid.TryParse(cell, out _)))
        {
            return new IdentifierRenewal(true, "", 0);
        }

        if (present.All(cell => long.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)))
        {
            return new IdentifierRenewal(false, "", present.Select(cell => long.Parse(cell, CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max());
        }

        var prefix = "new-";
        while (present.Any(cell => cell.StartsWith(prefix, StringComparison.Ordinal)))
        {
            prefix = $"new-{prefix}";
        }

        return new IdentifierRenewal(false, prefix, 0);
    }

    public string Next(long count, Random random)
    {
        if (IsGuid)
        {
            Span<byte> bytes = stackalloc byte[16];
            random.NextBytes(bytes);
            return new Guid(bytes).ToString();
        }

        return Prefix.Length == 0
            ? (Last + count).ToString(CultureInfo.InvariantCulture)
            : Prefix + count.ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
    }
}
