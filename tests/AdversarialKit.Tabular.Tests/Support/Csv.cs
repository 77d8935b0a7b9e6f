namespace AdversarialKit.Tests;

/// <summary>Tables from text.</summary>
internal static class Csv
{
    public static Table Read(string text, CsvOptions? options = null)
    {
        using var reader = new StringReader(text);
        return Table.ReadCsv(reader, options);
    }

    public static string Write(Table table)
    {
        using var writer = new StringWriter();
        table.WriteCsv(writer);
        return writer.ToString();
    }
}
