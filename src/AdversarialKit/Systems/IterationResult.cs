namespace AdversarialKit;

/// <summary>What one iteration of an <see cref="AdversarialSystem"/> measured, as plain numbers.</summary>
public sealed class IterationResult
{
    internal IterationResult(long iteration, IReadOnlyList<StepNumbers> runs) => (Iteration, Runs) = (iteration, runs);

    /// <summary>The number of iterations completed, this one included: 1 after the first.</summary>
    public long Iteration { get; }

    /// <summary>Every run of a step, in order; a step that repeats has several.</summary>
    public IReadOnlyList<StepNumbers> Runs { get; }

    /// <summary>The loss of each run.</summary>
    /// <returns>Such as <c>critic -0.31, generator 1.2</c>.</returns>
    public override string ToString() => string.Join(", ", Runs.Select(run => $"{run.Step} {Text.Number(Math.Round(run.Loss, 4))}"));

    /// <summary>The last run of a step.</summary>
    /// <param name="step">The step's name.</param>
    /// <returns>Its numbers.</returns>
    /// <exception cref="ArgumentException">No step has this name.</exception>
    public StepNumbers this[string step] => Runs.LastOrDefault(run => run.Step == step) ?? throw new ArgumentException(
        $"There is no step '{step}'; there are {string.Join(", ", Runs.Select(run => $"'{run.Step}'").Distinct())}.", nameof(step));
}
