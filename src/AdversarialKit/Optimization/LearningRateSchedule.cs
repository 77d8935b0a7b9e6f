namespace AdversarialKit;

/// <summary>
/// The course of a learning rate: a factor of the optimizer's own rate, from the number of completed iterations of the
/// generator alone. It has no state, so a resumed training needs the iteration only. Made by <see cref="Schedule"/>.
/// </summary>
public sealed class LearningRateSchedule
{
    private readonly Func<long, double> _factor;
    private readonly string _description;

    internal LearningRateSchedule(Func<long, double> factor, string description) => (_factor, _description) = (factor, description);

    /// <summary>The factor of the rate.</summary>
    /// <param name="iteration">Completed generator iterations, at least 0: 0 is asked for before the first one.</param>
    /// <returns>A finite number of at least 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The iteration is negative.</exception>
    /// <exception cref="InvalidOperationException">A schedule of the caller's own returned something else.</exception>
    public double FactorAt(long iteration)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(iteration);
        var factor = _factor(iteration);
        return double.IsFinite(factor) && factor >= 0
            ? factor
            : throw new InvalidOperationException(
                $"The schedule {_description} gave the factor {OptimizerRange.Text(factor)} at iteration {iteration}; " +
                "it must give a finite number of at least 0.");
    }

    /// <summary>The schedule in a few words.</summary>
    /// <returns>Such as <c>cosine to 0.25 over 50000</c>.</returns>
    public override string ToString() => _description;
}
