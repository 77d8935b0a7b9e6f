using AdversarialKit;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Judges the digits of a run while it trains, as <c>evaluate</c> would judge them once they are exported.</summary>
internal sealed class RunJudge : IDisposable
{
    private readonly Options _options;
    private readonly Judge _judge;
    private readonly SampleQuality _quality;
    private readonly Tensor? _asked;
    private readonly DigitFeatures _features;
    private readonly DigitFeatures _classes;

    private RunJudge(Judge judge, JudgeData data, Options options, CancellationToken token)
    {
        (_judge, _options) = (judge, options);
        using var scope = NewDisposeScope();
        var real = data.Compared();
        var (features, probabilities) = judge.Look(real.narrow(0, 0, Math.Min(options.EvaluationSamples, real.shape[0])), token);
        _quality = new SampleQuality(features, probabilities);
        _features = new DigitFeatures(images => judge.Look(images).Features);
        _classes = new DigitFeatures(images => judge.Look(images).Probabilities);
        _asked = options.Conditional ? Sampler.Asked(0, options.EvaluationSamples).DetachFromDisposeScope() : null;
    }

    /// <summary>Takes the judge from the cache, or trains it first.</summary>
    public static RunJudge Create(Options options, JudgeData data, Surroundings around, CancellationToken token)
    {
        var judge = new KeptJudge(options.Judge, around, new StatusLine(around)).Open(data, token);
        try
        {
            return new RunJudge(judge, data, options, token);
        }
        catch
        {
            judge.Dispose();
            throw;
        }
    }

    /// <summary>What the training is told; the judge must outlive it.</summary>
    public EvaluationOptions For(IProgressDisplay display) => new()
    {
        Quality = _quality,
        Features = _features,
        Classes = _classes,
        Interval = _options.EvaluateEvery,
        Samples = _options.EvaluationSamples,
        Condition = _asked,
        Progress = new DisplayProgress(display),
    };

    public void Dispose()
    {
        _asked?.Dispose();
        _quality.Dispose();
        _judge.Dispose();
    }

    /// <summary>What is seen of images [N, 1, 28, 28] in [-1, 1] that were rounded to bytes, as in a file.</summary>
    private sealed class DigitFeatures(Func<Tensor, Tensor> look) : IFeatureExtractor
    {
        public Tensor Extract(Tensor samples)
        {
            using var scope = NewDisposeScope();
            return look(SampleSheet.ToBytes(samples).squeeze(1)).MoveToOuterDisposeScope();
        }

        public void Dispose()
        {
        }
    }

    private sealed class DisplayProgress(IProgressDisplay display) : IProgress<double>
    {
        public void Report(double value) => display.Evaluating(value);
    }
}
