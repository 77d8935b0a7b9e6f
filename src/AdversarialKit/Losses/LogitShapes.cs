namespace AdversarialKit;

/// <summary>Shapes in words, and the check without which (4, 1) against (4) would broadcast to (4, 4) in silence.</summary>
internal static class LogitShapes
{
    public static void RequireEqual(Tensor real, Tensor fake)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(fake);
        if (!BatchShape.AreEqual(real, fake))
        {
            throw new ArgumentException(
                $"A relativistic loss compares real with fake logits one by one, but the real logits have shape {Text.Shape(real)} and the fake ones {Text.Shape(fake)}. Give the discriminator as many fakes as real samples, and let it return one shape for both.",
                nameof(fake));
        }
    }
}
