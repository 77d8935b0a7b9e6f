namespace AdversarialKit.Benchmarks;

/// <summary>What is trained and how; docs/performance.md describes each.</summary>
internal enum Recipe
{
    /// <summary>The GAN of Keras-GAN's gan.py: two discriminator updates, inference-mode fakes, binary cross-entropy on probabilities.</summary>
    Reference,

    /// <summary>The same with one discriminator update on the sum of both losses.</summary>
    Joint,

    /// <summary>A DCGAN of 32 x 32 images with 32 filters, batch normalization in both networks.</summary>
    Convolutional,

    /// <summary>WGAN-GP on the reference networks, five critic steps.</summary>
    WganGp,

    /// <summary>The non-saturating loss on logits, on the reference networks, one update of each.</summary>
    NonSaturating,

    /// <summary>The hinge loss, likewise.</summary>
    Hinge,

    /// <summary>The least-squares loss, likewise.</summary>
    LeastSquares,

    /// <summary>The relativistic average loss, likewise.</summary>
    RaGan,

    /// <summary>The relativistic paired loss with R1 and R2 on the reference networks.</summary>
    RpGan,

    /// <summary>pix2pix on 32 x 32 pictures, one pass of the generator for both steps.</summary>
    Pix2Pix,

    /// <summary>CycleGAN on 32 x 32 pictures, with pools of past fakes.</summary>
    CycleGan,

    /// <summary>A style-based pair on 32 x 32 pictures with lazy R1 and path length.</summary>
    StyleGan,
}
