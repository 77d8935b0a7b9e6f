using MnistGan;

namespace AdversarialKit.Tests;

/// <summary>A judge of a few drawn digits, which trains in a second or two instead of a minute.</summary>
internal static class TinyJudge
{
    public static JudgeSettings Settings { get; } = new() { Epochs = 3, BatchSize = 32, LeastAccuracy = 0.5 };

    public static JudgeData Data() => new("tiny", DrawnDigits.Draw(1200, seed: 11), DrawnDigits.Draw(200, seed: 12));

    /// <summary>Trains one and stores it.</summary>
    public static JudgeFile Store(SampleWorld world)
    {
        using var data = Data();
        using var judge = new JudgeTraining(Settings, new StatusLine(world.Around)).Train(data, CancellationToken.None);
        var file = new JudgeFile(world.Around.CacheFolder, "judge-tiny");
        judge.Save(file);
        return file;
    }
}
