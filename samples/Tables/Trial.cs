using AdversarialKit;

namespace Tables;

/// <summary>One way of making rows, held against real ones that it never saw.</summary>
internal sealed record Trial(string Name, Table Rows, TableFigures Figures, double Utility, PrivacyFigures Privacy)
{
    public static Trial Of(string name, Table rows, TableTask task, IReadOnlyList<TableColumnInfo> columns) => new(
        name,
        rows,
        TableSimilarity.Compare(task.HeldOut, rows, columns),
        task.Model.Score(rows, task.HeldOut),
        TablePrivacy.Compare(task.Learned, task.HeldOut, rows, columns));
}
