using AdversarialKit.Benchmarks;
using MnistGan;

namespace AdversarialKit.Tests;

/// <summary>A judge of a few drawn digits, which trains in a second or two instead of a minute.</summary>
internal static class TinyJudge
{
    public static PictureJudgeOptions Settings { get; } = new() { Epochs = 3, BatchSize = 32, LeastAccuracy = 0.5 };

    public static Digits Data() => new("tiny", ImageDataSets.DrawnDigits(1200, seed: 11), ImageDataSets.DrawnDigits(200, seed: 12), "tiny digits");

    public static DigitsAndTest BenchmarkData(SampleWorld world)
    {
        var (_, training, test, description) = Data();
        return new DigitsAndTest(world.InFolder("cache/judge-tiny.safetensors"), training, test!, description);
    }
}
