namespace MnistGan;

/// <summary>Which GAN to train.</summary>
internal enum PresetChoice
{
    /// <summary>The GAN of Keras-GAN's <c>gan.py</c>.</summary>
    Reference,

    /// <summary>A small convolutional pair with the objective of R3GAN.</summary>
    Modern,
}
