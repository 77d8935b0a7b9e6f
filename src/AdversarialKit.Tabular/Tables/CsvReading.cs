using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace AdversarialKit;

/// <summary>Reads CSV into a table, and says row and column of what is no CSV.</summary>
internal sealed class CsvReading(CsvOptions options)
{
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];
    private readonly HashSet<string> _missing = new(options.Missing, StringComparer.OrdinalIgnoreCase);
    private bool _isBad;

    public Table Read(TextReader reader)
    {
        var text = reader.ReadToEnd().TrimStart('\uFEFF');
        var delimiter = options.Delimiter ?? FindDelimiter(text);
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            BadDataFound = _ => _isBad = true,
        });
        if (!parser.Read() || parser.Record is not { } header)
        {
            throw new TableException("The file is empty; its first line has to name the columns.");
        }

        var names = header.Select(name => name.Trim()).ToArray();
        CheckHeader(names);
        var cells = names.Select(_ => new List<string?>()).ToArray();
        for (var row = 1; parser.Read(); row++)
        {
            AddRow(cells, names, parser.Record!, row, delimiter);
        }

        return new Table([.. names.Select((name, i) => new TableColumn(name, [.. cells[i]]))], options.Culture);
    }

    private void AddRow(List<string?>[] cells, string[] names, string[] record, int row, char delimiter)
    {
        if (_isBad)
        {
            var place = record.TakeWhile(cell => !cell.Contains('"')).Count();
            var column = names[Math.Min(place, names.Length - 1)];
            throw new TableException(
                $"Row {row}, column '{column}': a quote stands inside a cell or is never closed; a cell with quotes is enclosed in quotes, and those inside are doubled.",
                row,
                column);
        }

        if (record.Length != names.Length)
        {
            throw Ragged(names, record, row, delimiter);
        }

        for (var i = 0; i < record.Length; i++)
        {
            var cell = record[i].Trim();
            cells[i].Add(_missing.Contains(cell) ? null : cell);
        }
    }

    private static TableException Ragged(string[] names, string[] record, int row, char delimiter)
    {
        var shown = delimiter == '\t' ? "a tab" : $"'{delimiter}'";
        return record.Length < names.Length
            ? new TableException(
                $"Row {row} has {record.Length} cells, the header names {names.Length} columns: from column '{names[record.Length]}' on, nothing stands there. Cells are separated by {shown}; if another character does, set CsvOptions.Delimiter.",
                row,
                names[record.Length])
            : new TableException(
                $"Row {row} has {record.Length} cells, the header names {names.Length} columns: '{Text.Cut(record[names.Length])}' stands behind the last column, '{names[^1]}'. A cell that contains {shown} has to be enclosed in quotes.",
                row,
                names[^1]);
    }

    private static void CheckHeader(string[] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0)
            {
                throw new TableException($"Column {i + 1} has no name in the header; each column needs one.");
            }
        }
    }

    private static char FindDelimiter(string text)
    {
        var counts = new int[Delimiters.Length];
        var quoted = false;
        foreach (var character in text)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && character is '\n' or '\r')
            {
                break;
            }
            else if (!quoted && Array.IndexOf(Delimiters, character) is >= 0 and var place)
            {
                counts[place]++;
            }
        }

        return Delimiters[Array.IndexOf(counts, counts.Max())];
    }
}
