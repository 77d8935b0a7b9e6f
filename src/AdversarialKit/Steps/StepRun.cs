namespace AdversarialKit;

/// <summary>Where in a training a step is run.</summary>
/// <param name="Random">The source of randomness of training.</param>
/// <param name="Iteration">Completed iterations.</param>
/// <param name="Shared">What earlier steps of the iteration handed on.</param>
/// <param name="IsLast">Whether the iteration goes on with the next step after it; false for a step made by hand.</param>
internal readonly record struct StepRun(Generator Random, long Iteration, SharedTensors Shared, bool IsLast = false)
{
    /// <summary>What this rank's gradients count by among those of all ranks.</summary>
    public double Part { get; init; } = 1;
}
