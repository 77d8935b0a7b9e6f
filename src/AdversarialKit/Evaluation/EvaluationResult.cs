namespace AdversarialKit;

/// <summary>One evaluation during training.</summary>
/// <param name="Iteration">After which iteration, counted from the GAN's first.</param>
/// <param name="Quality">The figures. Those that came from a checkpoint are without warnings.</param>
/// <param name="IsBest">Whether it is better than all before it, by <see cref="EvaluationOptions.Best"/>.</param>
public sealed record EvaluationResult(long Iteration, QualityReport Quality, bool IsBest);
