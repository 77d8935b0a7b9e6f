namespace AdversarialKit.Tests.Images;

public sealed class MnistFilesTests
{
    [Fact]
    public void Parts_AreMnists()
    {
        new[] { MnistFiles.Training, MnistFiles.Test }.SelectMany(part => new[] { part.Images, part.Labels })
            .Select(file => $"{file.Sha256[..8]} {file.Count} {file.Name}").Should().Equal(
                "ba891046 60000 train-images-idx3-ubyte",
                "65a50cbb 60000 train-labels-idx1-ubyte",
                "0fa7898d 10000 t10k-images-idx3-ubyte",
                "ff7bcfd4 10000 t10k-labels-idx1-ubyte");
    }

    [Fact]
    public void Read_FileMissing_NamesWhatIsLookedFor()
    {
        using var folder = new PictureFolder();

        folder.Invoking(f => MnistFiles.Test.Read(f.Path)).Should().Throw<FileNotFoundException>().WithMessage(
            $"The folder '{folder.Path}' has none of t10k-images-idx3-ubyte.gz, t10k-images-idx3-ubyte, t10k-images.idx3-ubyte.gz, t10k-images.idx3-ubyte.");
    }
}
