namespace MnistGan;

/// <summary>Which images to learn from: MNIST where it can be had, else drawn digits; MNIST or an error; digits that this program draws.</summary>
internal enum DatasetChoice
{
    Auto,
    Mnist,
    Digits,
}
