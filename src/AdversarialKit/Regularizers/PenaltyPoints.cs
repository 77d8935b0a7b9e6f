using System.Globalization;

namespace AdversarialKit;

/// <summary>Where gradient penalties look.</summary>
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

    public static Func<PenaltyContext, Tensor> AroundReal(double noise)
    {
        if (!(noise > 0 && double.IsFinite(noise)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(noise),
                string.Create(CultureInfo.InvariantCulture, $"The noise of DRAGAN is {noise} standard deviations, but must be above 0, and finite. Pass 0.5 for the usual one."));
        }

        return context =>
        {
            DiscriminatorGradient.RequireFloating(context.Real);
            var real = context.Real.detach();
            var offset = real.std(unbiased: false) * noise * context.RandomUniform(real.shape);
            return real + OnePerSample(context) * offset;
        };
    }

    private static Tensor OnePerSample(PenaltyContext context)
    {
        var shape = new long[context.Real.dim()];
        Array.Fill(shape, 1);
        shape[0] = context.Real.size(0);
        return context.RandomUniform(shape);
    }
}
