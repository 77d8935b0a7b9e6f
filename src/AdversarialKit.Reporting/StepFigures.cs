namespace AdversarialKit;

/// <summary>The named numbers of a system's steps.</summary>
internal static class StepFigures
{
    /// <summary>The terms and numbers of a step, those of its last run that has them: a lazy term may have been due in an earlier one.</summary>
    public static IEnumerable<KeyValuePair<string, double>> NumbersOf(this IterationResult result, string step)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var run in result.Runs.Where(run => run.Step == step))
        {
            foreach (var name in run.Names)
            {
                numbers[name] = run[name];
            }
        }

        return numbers;
    }
}
