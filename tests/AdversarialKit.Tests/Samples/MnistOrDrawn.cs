using System.Security.Cryptography;
using AdversarialKit.Tests.Support;

namespace AdversarialKit.Tests;

/// <summary>MNIST's test part where it lies beside the repository, else drawn digits in its place.</summary>
internal static class MnistOrDrawn
{
    public static string Beside { get; } = Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "mnist"));

    public static ImageDataSet Load(SampleWorld world, out MnistFiles part)
    {
        part = Directory.Exists(Beside) ? MnistFiles.Test : WriteDrawn(world.InFolder("mnist"), 200);
        return part.Read(Directory.Exists(Beside) ? Beside : world.InFolder("mnist"));
    }

    /// <summary>Writes a small data set in MNIST's format and returns its description.</summary>
    public static MnistFiles WriteDrawn(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        using var digits = ImageDataSets.DrawnDigits(count, seed: 3);
        return new MnistFiles(
            Describe("train-images-idx3-ubyte", IdxFile.ImagesMagic, path => IdxFile.WriteImages(path, digits.Images)),
            Describe("train-labels-idx1-ubyte", IdxFile.LabelsMagic, path => IdxFile.WriteLabels(path, digits.Labels)));

        MnistFile Describe(string name, int magic, Action<string> write)
        {
            var path = Path.Combine(folder, name);
            write(path);
            write(path + ".gz");
            var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
            File.Delete(path);
            return new MnistFile(name, magic, count, digest);
        }
    }
}
