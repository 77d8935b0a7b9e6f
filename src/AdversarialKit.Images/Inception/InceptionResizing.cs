namespace AdversarialKit;

/// <summary>
/// How pictures come to the 299 x 299 pixels that the Inception network takes. Figures compare within one way only: the same pictures
/// differ by several points from one to another (Parmar, Zhang and Zhu, "On Aliased Resizing and Surprising Subtleties in GAN
/// Evaluation", 2022, https://arxiv.org/abs/2104.11222).
/// </summary>
public enum InceptionResizing
{
    /// <summary>
    /// clean-fid's ("clean"): Pillow's bicubic filter, antialiased, each channel in floating point, held within [0, 255].
    /// </summary>
    Clean,

    /// <summary>
    /// The original computation's ("legacy_tensorflow"): TensorFlow 1's bilinear filter without antialiasing, corner to corner of
    /// the pixels' left upper edges (Heusel et al., 2017; StyleGAN2 and its successors).
    /// </summary>
    TensorFlow,

    /// <summary>
    /// pytorch-fid's ("legacy_pytorch"): PyTorch's bilinear filter without antialiasing, centre to centre.
    /// </summary>
    PyTorch,
}
