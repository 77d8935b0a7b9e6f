namespace AdversarialKit;

/// <summary>One level of a <see cref="PyramidWassersteinResult"/>.</summary>
/// <param name="Height">Rows of the level's images.</param>
/// <param name="Width">Columns of the level's images.</param>
/// <param name="Distance">The distance between patches of real and of generated images; 0 or more, lower is better.</param>
/// <param name="RealDistance">The distance between patches of the real images and others of the same images: what perfect samples would have.</param>
public sealed record PyramidWassersteinLevel(int Height, int Width, double Distance, double RealDistance);
