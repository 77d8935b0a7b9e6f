using AdversarialKit;

namespace Tables;

/// <summary>A table in two parts, learned and held out, and the column that models foretell.</summary>
internal sealed record TableTask(string Name, string Target, Table Learned, Table HeldOut)
{
    public UtilityModel Model { get; } = new(Learned, Target);

    /// <summary>Both parts drawn from a law, each from a seed of its own.</summary>
    public static TableTask Of(Law law, int rows) => new(law.Name, law.Target, law.Draw(rows, 1), law.Draw(rows, 2));

    /// <summary>A real table, its rows shuffled and halved.</summary>
    public static TableTask Of(string name, string target, Table table)
    {
        var rows = Enumerable.Range(0, table.RowCount).ToArray();
        new Random(1).Shuffle(rows);
        return new TableTask(name, target, table.Take(rows[..(rows.Length / 2)]), table.Take(rows[(rows.Length / 2)..]));
    }
}
