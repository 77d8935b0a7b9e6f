namespace AdversarialKit;

/// <summary>
/// Courses of the learning rate over the iterations of the generator. Each network has its own; two different rates or
/// courses are the two time-scale update rule (Heusel et al. 2017, <see href="https://arxiv.org/abs/1706.08500"/>).
/// </summary>
public static class Schedule
{
    /// <summary>The optimizer's own rate throughout.</summary>
    /// <returns>A schedule whose factor is 1.</returns>
    public static LearningRateSchedule Constant() => new(_ => 1, "constant");

    /// <summary>Falls in a straight line from 1, and then stays: <c>1 + (final - 1) * clamp((i - start) / (end - start), 0, 1)</c>.</summary>
    /// <param name="end">The iteration at which <paramref name="final"/> is reached, above <paramref name="start"/>.</param>
    /// <param name="final">The factor at the end, at least 0.</param>
    /// <param name="start">The iteration at which the fall begins, at least 0.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static LearningRateSchedule Linear(long end, double final = 0, long start = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(end, start);
        OptimizerRange.AtLeastZero(final, "final factor");
        return new(
            i => 1 + (final - 1) * Math.Clamp((double)(i - start) / (end - start), 0, 1),
            FormattableString.Invariant($"linear to {OptimizerRange.Text(final)} from {start} to {end}"));
    }

    /// <summary>
    /// Falls along half a cosine, and then stays: <c>final + (1 - final) * (1 + cos(pi * min(i / end, 1))) / 2</c>
    /// (Loshchilov and Hutter 2017, equation 5, <see href="https://arxiv.org/abs/1608.03983"/>; R3GAN uses it for all its rates).
    /// </summary>
    /// <param name="end">The iteration at which <paramref name="final"/> is reached, at least 1.</param>
    /// <param name="final">The factor at the end, at least 0.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static LearningRateSchedule Cosine(long end, double final = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(end, 1);
        OptimizerRange.AtLeastZero(final, "final factor");
        return new(
            i => final + (1 - final) * (1 + Math.Cos(Math.PI * Math.Min((double)i / end, 1))) / 2,
            FormattableString.Invariant($"cosine to {OptimizerRange.Text(final)} over {end}"));
    }

    /// <summary>Is multiplied every few iterations: <c>factor^floor(i / every)</c>.</summary>
    /// <param name="every">The iterations between two falls, at least 1.</param>
    /// <param name="factor">What the rate is multiplied by, at least 0.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public static LearningRateSchedule Step(long every, double factor = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        OptimizerRange.AtLeastZero(factor, "factor");
        return new(
            i => Math.Pow(factor, Math.Floor((double)i / every)),
            FormattableString.Invariant($"times {OptimizerRange.Text(factor)} every {every}"));
    }

    /// <summary>Rises in a straight line at the start, on top of another schedule: <c>min(1, (i + 1) / iterations) * then(i)</c>.</summary>
    /// <param name="iterations">The length of the rise, at least 1; its last iteration has the full rate.</param>
    /// <param name="then">The schedule that is warmed up; <see langword="null"/>: a constant one.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="iterations"/> is below 1.</exception>
    public static LearningRateSchedule WarmUp(long iterations, LearningRateSchedule? then = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, 1);
        then ??= Constant();
        return new(
            i => Math.Min(1, (i + 1.0) / iterations) * then.FactorAt(i),
            FormattableString.Invariant($"warm-up over {iterations}, then {then}"));
    }

    /// <summary>A course of the caller's own.</summary>
    /// <param name="factor">The factor of the rate after a number of completed generator iterations; a pure function, since resuming calls it anew.</param>
    /// <param name="description">What the GAN's description says of it.</param>
    /// <returns>The schedule.</returns>
    public static LearningRateSchedule Custom(Func<long, double> factor, string description = "custom")
    {
        ArgumentNullException.ThrowIfNull(factor);
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        return new(factor, description);
    }
}
