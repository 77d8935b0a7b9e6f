namespace MnistGan;

/// <summary>MNIST is not on this machine and could not be brought here; the message says why, without a final stop.</summary>
internal sealed class MnistUnavailableException(string message) : Exception(message);
