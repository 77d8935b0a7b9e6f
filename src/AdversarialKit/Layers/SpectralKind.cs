namespace AdversarialKit;

/// <summary>The layer that a <see cref="SpectrallyNormalized"/> took over.</summary>
internal enum SpectralKind
{
    Linear,
    Embedding,
    Conv2d,
    ConvTranspose2d,
}
