using System.Diagnostics;
using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>Compares the folder loader with the bare library, and training from a folder with training from memory.</summary>
internal static class PicturesCommand
{
    private const int Rounds = 5;
    private const int BatchSize = 50;

    public static int Run(int count, int iterations, int? threads)
    {
        if (threads is { } torchThreads)
        {
            set_num_threads(torchThreads);
        }

        using var folder = new DrawnPictures(count);
        Console.WriteLine($"{Machine.Describe()}\n{count} JPEG files of {DrawnPictures.Side} x {DrawnPictures.Side} to {PictureNetworks.Side} x {PictureNetworks.Side}");
        Console.WriteLine("Pictures per second of processor time, which neighbours on the machine take less from than from the wait:\n| round | bare SkiaSharp | Batches.FromImageFolder | ratio |\n|---|---|---|---|");
        Compare(() => count / ProcessorSeconds(() => BarePictures.DecodeAll(folder.Path)), () => count / ProcessorSeconds(() => Load(folder.Path, count)));
        Console.WriteLine($"\nFit, {iterations} iterations of {BatchSize}, seconds on the clock, decoding included:\n| round | from memory | from the folder | ratio |\n|---|---|---|---|");
        using var memory = AllInMemory(folder.Path, count);
        var sources = new List<ImageFolderBatches>();
        Compare(() => Seconds(() => PictureNetworks.Fit(FromMemory(memory), iterations)), () => Seconds(() =>
        {
            sources.Add(FromFolder(folder.Path));
            PictureNetworks.Fit(sources[^1], iterations);
        }));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"training waited {sources.Max(source => source.Waited.TotalSeconds):0.00} s for pictures, in the longest run"));
        return 0;
    }

    private static void Compare(Func<double> first, Func<double> second)
    {
        _ = (first(), second());
        var ratios = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            // Alternating, since neighbours on the machine come and go.
            var (a, b) = round % 2 == 1 ? (first(), second()) : Swap(second(), first());
            ratios.Add(b / a);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {round} | {a:0.0} | {b:0.0} | {ratios[^1]:0.00} |"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {ratios.Order().ElementAt(Rounds / 2):0.00}"));
    }

    private static (double First, double Second) Swap(double second, double first) => (first, second);

    private static double Seconds(Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static double ProcessorSeconds(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var start = process.TotalProcessorTime;
        work();
        process.Refresh();
        return (process.TotalProcessorTime - start).TotalSeconds;
    }

    private static void Load(string path, int count)
    {
        using var batches = Batches.FromImageFolder(path, BatchSize, new ImageFolderOptions { Threads = 1, CacheBytes = 0 });
        for (var i = 0; i < count / BatchSize; i++)
        {
            using var scope = NewDisposeScope();
            _ = batches.NextBatch();
        }
    }

    private static ImageFolderBatches FromFolder(string path) => Batches.FromImageFolder(path, BatchSize, new ImageFolderOptions());

    private static TensorBatches FromMemory(Tensor images) => Batches.FromTensor(
        images, BatchSize, new TensorBatchOptions { Transform = bytes => bytes.to(ScalarType.Float32).div(127.5).sub(1) });

    private static Tensor AllInMemory(string path, int count)
    {
        using var batches = Batches.FromImageFolder(path, count, new ImageFolderOptions());
        using var scope = NewDisposeScope();
        return batches.NextBatch()!.Value.Real.add(1).mul(127.5).round().to(ScalarType.Byte).MoveToOuterDisposeScope();
    }
}
