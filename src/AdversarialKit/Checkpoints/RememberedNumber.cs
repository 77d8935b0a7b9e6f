namespace AdversarialKit;

/// <summary>A number that a piece remembers of the last iteration and that belongs into checkpoints.</summary>
/// <param name="Name">Its name in the manifest.</param>
/// <param name="Get">Its present value.</param>
/// <param name="Set">Takes on a value.</param>
/// <param name="IsPossible">Whether it can have a value.</param>
internal sealed record RememberedNumber(string Name, Func<double> Get, Action<double> Set, Func<double, bool> IsPossible);
