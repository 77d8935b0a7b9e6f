namespace AdversarialKit.Benchmarks;

/// <summary>Makes a modulated convolution: the library's, or the one that people write.</summary>
internal delegate nn.Module<Tensor, Tensor, Tensor> Modulated(long channels, long outChannels, long kernelSize, bool demodulates);
