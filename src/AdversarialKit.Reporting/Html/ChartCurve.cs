namespace AdversarialKit;

/// <summary>A curve of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Colour">Which colour of the page, 1 to 6: a GAN's discriminator is always 1, its generator always 2.</param>
/// <param name="Series">Its points.</param>
internal sealed record ChartCurve(string Name, int Colour, BoundedSeries Series);
