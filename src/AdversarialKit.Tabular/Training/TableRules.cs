namespace AdversarialKit;

/// <summary>Rules on the rows of a table.</summary>
internal static class TableRules
{
    public static void Check(Table table, IReadOnlyList<TableRule> rules)
    {
        foreach (var rule in rules)
        {
            var broken = table.Rows.Select((row, place) => (row, place)).Where(r => !rule.Holds(r.row)).Select(r => r.place + 1).ToList();
            if (broken.Count > 0)
            {
                throw new TableException(
                    $"Row {broken[0]} breaks the rule '{rule.Name}', as {broken.Count - 1} others of {table.RowCount} do; real rows have to obey what synthetic ones shall. Take them out, or the rule.",
                    broken[0],
                    column: null);
            }
        }
    }
}
