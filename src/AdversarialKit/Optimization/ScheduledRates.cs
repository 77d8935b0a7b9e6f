namespace AdversarialKit;

/// <summary>Lets the rates of an optimizer follow a schedule.</summary>
internal sealed class ScheduledRates(optim.Optimizer optimizer, LearningRateSchedule schedule)
{
    private readonly optim.ILearningRateController[] _groups = [.. optimizer.ParamGroups];

    /// <summary>Sets the rates for the iteration that comes next; called before its first step, and after a state was loaded.</summary>
    /// <param name="iteration">Completed generator iterations.</param>
    public void Apply(long iteration)
    {
        var factor = schedule.FactorAt(iteration);
        foreach (var group in _groups)
        {
            var rate = group.InitialLearningRate * factor;
            if (group.LearningRate != rate)
            {
                group.LearningRate = rate;
            }
        }
    }
}
