using System.Globalization;

namespace AdversarialKit.Tests;

/// <summary>A small table with a strong dependence: the shop says price and size, all sizes of the second shop are large.</summary>
internal static class SmallTable
{
    // Its networks are too small to share among threads.
    static SmallTable()
    {
        NativeTorch.EnsureLoaded();
        TorchSharp.torch.set_num_threads(1);
    }

    public static Table Draw(int rows, int seed = 1)
    {
        var random = new Random(seed);
        var shops = Enumerable.Range(0, rows).Select(_ => random.Next(3) == 0 ? "east" : "west").ToArray();
        string Number(double number) => number.ToString("F1", CultureInfo.InvariantCulture);
        return Table.Of(
            ("id", Enumerable.Range(1, rows).Select(i => $"{i}")),
            ("shop", shops),
            ("price", shops.Select(shop => Number((shop == "east" ? 100 : 20) + (10 * random.NextDouble())))),
            ("large", shops.Select(shop => shop == "east" || random.Next(4) == 0 ? "yes" : "no")),
            ("day", shops.Select(shop => new DateTime(2025, 1, 1).AddDays(random.Next(300)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))),
            ("note", shops.Select(shop => random.Next(5) == 0 ? null : "seen")),
            ("empty", shops.Select(_ => (string?)null)),
            ("same", shops.Select(_ => "s")));
    }

    /// <summary>A builder that trains for seconds.</summary>
    public static TableSynthesizerBuilder Builder(int epochs = 1) => new TableSynthesizerBuilder()
        .WithIdentifier("id")
        .WithEpochs(epochs)
        .WithBatchSize(50)
        .WithPacking(5)
        .WithGenerator(latent: 8, widths: [32])
        .WithDiscriminator([32])
        .WithEarlyStop(0, interval: 100, rows: 200);
}
