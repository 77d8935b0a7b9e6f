using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

internal static class GuardedRun
{
    /// <summary>
    /// Makes an iteration: in float64 at once, in float32 step by step, each held to what a step promises; in the second iteration also where
    /// its objective throws.
    /// </summary>
    public static IterationResult TrainStep(this GoldenRun run, AdversarialSystem system, params Batch[] batches) =>
        run.Type == ScalarType.Float64 ? system.TrainStep(batches) : GuardedSteps.Iterate(system, throws: system.Iteration == 1, batches);
}
