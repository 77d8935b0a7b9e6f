namespace AdversarialKit;

/// <summary>A GAN's generator with inputs for it; all of it remains the GAN's.</summary>
internal sealed record LentGenerator(nn.Module Module, Tensor Latents, Tensor? Labels, bool Averaged);
