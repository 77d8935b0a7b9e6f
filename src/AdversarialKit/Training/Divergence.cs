namespace AdversarialKit;

/// <summary>Finds numbers that are not finite among what an iteration measured.</summary>
internal static class Divergence
{
    /// <summary>The first such quantity with its value, in words; null where there is none.</summary>
    public static string? Find(AdversarialSystem system, IterationResult result)
    {
        foreach (var run in result.Runs)
        {
            if (!double.IsFinite(run.Loss))
            {
                return $"{LossOf(system, run.Step)} is {Text.Number(run.Loss)}";
            }
        }

        foreach (var step in system.Steps.Where(step => step.MeasuresNorm))
        {
            if (result[step.Name].GradientNorm is var norm && !double.IsFinite(norm))
            {
                return $"the norm of {GradientOf(system, step.Name)} is {Text.Number(norm)}";
            }
        }

        return null;
    }

    private static string LossOf(AdversarialSystem system, string step) =>
        system.Gan is null ? $"the loss of the step '{step}'" : $"the {step}'s loss";

    private static string GradientOf(AdversarialSystem system, string step) =>
        system.Gan is null ? $"the gradient of the step '{step}'" : $"the {step}'s gradient";
}
