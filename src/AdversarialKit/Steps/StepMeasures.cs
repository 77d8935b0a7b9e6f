namespace AdversarialKit;

/// <summary>What a step measured, in one vector that is still on the device.</summary>
internal readonly record struct StepMeasures(IReadOnlyList<string> Names, Tensor? Vector)
{
    public static StepMeasures None { get; } = new([], null);

    /// <summary>Both, one behind the other.</summary>
    public StepMeasures Then(StepMeasures next) => Vector is null
        ? next
        : new StepMeasures([.. Names, .. next.Names], cat([Vector, next.Vector!]));

    public StepMeasures MoveToOuterDisposeScope() => this with { Vector = Vector?.MoveToOuterDisposeScope() };
}
