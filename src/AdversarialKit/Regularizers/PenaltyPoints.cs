namespace AdversarialKit;

/// <summary>Where WGAN-GP looks.</summary>
internal static class PenaltyPoints
{
    public static Tensor BetweenRealAndFake(PenaltyContext context)
    {
        var (real, fake) = (context.Real, context.Fake);
        DiscriminatorGradient.RequireFloating(real);
        if (!BatchShape.AreEqual(real, fake))
        {
            throw new ArgumentException(
                $"WGAN-GP looks between real samples and fakes, but the real batch has shape {Text.Shape(real)} and the fakes {Text.Shape(fake)}. Give the step as many fakes as real samples, of one shape.",
                nameof(context));
        }

        return lerp(fake, real, OnePerSample(context));
    }

    /// <summary>A number for each sample, uniform on [0, 1).</summary>
    public static Tensor OnePerSample(PenaltyContext context)
    {
        var shape = new long[context.Real.dim()];
        Array.Fill(shape, 1);
        shape[0] = context.Real.size(0);
        return context.RandomUniform(shape);
    }
}
