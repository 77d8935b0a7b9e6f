using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace AdversarialKit;

/// <summary>Writes a table as CSV.</summary>
internal static class CsvWriting
{
    public static void Write(Table table, TextWriter writer)
    {
        var delimiter = table.Culture.NumberFormat.NumberDecimalSeparator == "," ? ";" : ",";
        using var csv = new CsvWriter(writer, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, NewLine = "\n" }, leaveOpen: true);
        foreach (var name in table.Columns)
        {
            csv.WriteField(name);
        }

        csv.NextRecord();
        for (var row = 0; row < table.RowCount; row++)
        {
            foreach (var column in table.Data)
            {
                csv.WriteField(column.Cells[row] ?? "");
            }

            csv.NextRecord();
        }
    }
}
