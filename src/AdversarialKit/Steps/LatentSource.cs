namespace AdversarialKit;

/// <summary>Draws latents of the generator's type on its device.</summary>
internal sealed class LatentSource(ILatent latent, Network generator)
{
    public ILatent Latent => latent;

    public Tensor Draw(long count, Generator random)
    {
        var drawn = latent.Sample(count, random, generator.ElementType, generator.Device);
        if (BatchShape.Fits(drawn, latent.Shape) && drawn.size(0) == count)
        {
            return drawn;
        }

        throw new InvalidOperationException(
            $"The latent {latent} drew a batch of shape {Text.Shape(drawn)}; asked for {count}, it must return " +
            $"{Text.Sizes(latent.Shape.Prepend(count))}.");
    }

    public void Check(Tensor latents)
    {
        if (!BatchShape.Fits(latents, latent.Shape))
        {
            throw new ArgumentException(
                $"The latents have the shape {Text.Shape(latents)}, but this GAN's latent is {latent}: they must be " +
                $"[N, {string.Join(", ", latent.Shape)}].",
                nameof(latents));
        }

        if (latents.dtype != generator.ElementType || latents.device_type != generator.Device.type || latents.device_index != generator.Device.index)
        {
            throw new ArgumentException(
                $"The latents are of type {latents.dtype} on {latents.device}, but the generator computes in {generator.ElementType} on " +
                $"{generator.Device}. Draw them with DrawLatents, or convert them with to(...).",
                nameof(latents));
        }
    }

    public override string ToString() => latent.ToString()!;
}
