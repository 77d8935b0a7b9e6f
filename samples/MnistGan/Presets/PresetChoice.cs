namespace MnistGan;

/// <summary>Which GAN to train: that of Keras-GAN's <c>gan.py</c>, or a small convolutional pair with the objective of R3GAN.</summary>
internal enum PresetChoice
{
    Reference,
    Modern,
}
