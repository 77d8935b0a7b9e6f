namespace AdversarialKit;

/// <summary>A file of a published data set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Md5">The checksum that its authors, or the libraries that have loaded it for years, state.</param>
internal sealed record PublishedFile(string Name, string Md5)
{
    private static readonly string[] _idx =
        ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz"];

    /// <summary>Where a data set lies and of which files it is.</summary>
    public static (Uri From, IReadOnlyList<PublishedFile> Files) Of(PublishedDataSet dataSet) => dataSet switch
    {
        PublishedDataSet.Mnist => Idx(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "f68b3c2dcbeaaa9fbdd348bbdeb94873", "d53e105ee54ea40749a09fcbcd1e9432", "9fb629c4189551a2d022fa330f9573f3", "ec29112dd5afa0611ce80d1b7f02629c"),
        PublishedDataSet.FashionMnist => Idx(
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "8d4fb7e6c68d591d4c3dfef9ec88bf0d", "25c81989df183df01b3e8a0aad5dffbe", "bef4ecab320f06d8554ea6380940ec79", "bb300cfdad3c16e7a12a480ee83cd310"),
        PublishedDataSet.Kmnist => Idx(
            "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
            "bdb82020997e1d708af4cf47b453dcf7", "e144d726b3acfaa3e44228e80efcd344", "5c965bf0a639b31b8f53240b1b52f4d7", "7320c461ea6c1c855c0b718fb2a4b134"),
        PublishedDataSet.Emnist => (new("https://biometrics.nist.gov/cs_links/EMNIST/"), [new("gzip.zip", "58c8d27c78d21e728a6bc7b3cc06412e")]),
        PublishedDataSet.Cifar10 => (new("https://www.cs.toronto.edu/~kriz/"), [new("cifar-10-binary.tar.gz", "c32a1d4ab5d03f1284b67883e8d87530")]),
        PublishedDataSet.Cifar100 => (new("https://www.cs.toronto.edu/~kriz/"), [new("cifar-100-binary.tar.gz", "03b5dce01913d631647c71ecec9e9cb8")]),
        _ => throw new ArgumentOutOfRangeException(nameof(dataSet), dataSet, "There is no such data set."),
    };

    private static (Uri From, IReadOnlyList<PublishedFile> Files) Idx(string from, params string[] checksums) =>
        (new(from), [.. _idx.Zip(checksums, (name, md5) => new PublishedFile(name, md5))]);
}
