namespace AdversarialKit;

/// <summary>A figure of sample quality that takes generated samples batch by batch.</summary>
/// <typeparam name="TResult">What it computes: the figures and the warnings that belong to them.</typeparam>
/// <remarks>
/// Metrics compute in float64 whatever type they are given, never record gradients, and leave their arguments as they
/// were. They are not safe for use by several threads at once.
/// </remarks>
public interface IStreamingMetric<out TResult> : IDisposable
{
    /// <summary>Forgets every generated sample; the reference that the metric was built with stays.</summary>
    void Reset();

    /// <summary>Adds a batch of generated samples.</summary>
    /// <param name="batch">Features <c>[N, F]</c> or class probabilities <c>[N, K]</c>, as the metric says. Remains the caller's.</param>
    /// <exception cref="ArgumentException">The shape or width is wrong, or a value is not finite; nothing was added.</exception>
    void Update(Tensor batch);

    /// <summary>The figures over everything that was added since the last <see cref="Reset"/>. May be asked repeatedly.</summary>
    /// <returns>The figures, with a warning wherever the number of samples makes them doubtful.</returns>
    /// <exception cref="InvalidOperationException">There are fewer samples than the figure is defined for.</exception>
    TResult Compute();
}
