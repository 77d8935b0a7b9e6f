namespace AdversarialKit;

/// <summary>How <see cref="PathLength"/> walks between two latents.</summary>
public enum LatentInterpolation
{
    /// <summary>Along the straight line: for uniform latents, and for intermediate ones such as StyleGAN's W.</summary>
    Linear,

    /// <summary>Along the great circle: for normal latents, whose mass lies on a shell.</summary>
    Spherical,
}
