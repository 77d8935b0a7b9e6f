namespace AdversarialKit;

/// <summary>A data set whose authors publish it on the web.</summary>
public enum PublishedDataSet
{
    /// <summary>For <see cref="ImageDataSets.Mnist"/>: 11 MB, from PyTorch's mirror.</summary>
    Mnist,

    /// <summary>For <see cref="ImageDataSets.FashionMnist"/>: 30 MB.</summary>
    FashionMnist,

    /// <summary>For <see cref="ImageDataSets.Kmnist"/>: 20 MB.</summary>
    Kmnist,

    /// <summary>For <see cref="ImageDataSets.Emnist"/>: 560 MB, all splits.</summary>
    Emnist,

    /// <summary>For <see cref="ImageDataSets.Cifar10"/>: 170 MB.</summary>
    Cifar10,

    /// <summary>For <see cref="ImageDataSets.Cifar100"/>: 170 MB.</summary>
    Cifar100,
}
