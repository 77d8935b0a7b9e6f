namespace MnistGan;

/// <summary>Which images to learn from.</summary>
internal enum DatasetChoice
{
    /// <summary>MNIST where it can be had, else drawn digits.</summary>
    Auto,

    /// <summary>MNIST or an error.</summary>
    Mnist,

    /// <summary>Digits that this program draws.</summary>
    Digits,
}
