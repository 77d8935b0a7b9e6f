using MnistGan;

namespace AdversarialKit.Tests;

public sealed class MnistPartTests
{
    [Fact]
    public void Parts_AreMnists()
    {
        MnistPart.Training.Files.Concat(MnistPart.Test.Files).Select(file => $"{file.Sha256[..8]} {file.Count} {file.Name}").Should().Equal(
            "ba891046 60000 train-images-idx3-ubyte",
            "65a50cbb 60000 train-labels-idx1-ubyte",
            "0fa7898d 10000 t10k-images-idx3-ubyte",
            "ff7bcfd4 10000 t10k-labels-idx1-ubyte");
    }
}
