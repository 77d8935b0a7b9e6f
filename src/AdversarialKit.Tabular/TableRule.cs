namespace AdversarialKit;

/// <summary>What every row has to obey.</summary>
/// <param name="Name">Its name in messages, such as "end after start".</param>
/// <param name="Holds">Whether a row obeys it.</param>
public sealed record TableRule(string Name, Func<TableRow, bool> Holds);
