namespace AdversarialKit.Benchmarks;

/// <summary>What is computed under a disturbance.</summary>
internal enum DisturbedWork
{
    /// <summary>A GAN of linear layers as the README's, with batch normalization: about a millisecond an iteration.</summary>
    Dense,

    /// <summary>A GAN of convolutions.</summary>
    Convolutional,

    /// <summary>Arithmetic whose intermediate tensors no scope holds.</summary>
    Unscoped,
}
