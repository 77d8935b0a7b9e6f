using AdversarialKit.Tests.Support;
using AdversarialKit.Tests.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Threads;

/// <summary>A callback may wait for a thread that uses the GAN, as a window's does.</summary>
public sealed class WaitingCallbackTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly Sequential _generator = Toy.Generator();
    private readonly Sequential _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real(40);
    private readonly TensorBatches _batches;
    private readonly Gan _gan;

    public WaitingCallbackTests()
    {
        _batches = Batches.FromTensor(_real, 8);
        _gan = Toy.Builder(_generator, _discriminator).WithGeneratorAverage(Ema.Decay(0.9)).Build();
    }

    public void Dispose()
    {
        _gan.Dispose();
        _batches.Dispose();
        _real.Dispose();
        _discriminator.Dispose();
        _generator.Dispose();
    }

    [Fact]
    public async Task FitAsync_EveryCallWaitsForAThreadThatSamples_GoesOn()
    {
        var waiting = new WaitingCallback(SampleElsewhere);
        using var quality = new SampleQuality(_real);
        var run = _gan.FitAsync(_batches, new FitOptions
        {
            Iterations = 10,
            Callbacks = [waiting],
            Evaluation = new EvaluationOptions
            {
                Quality = quality,
                Features = new ScriptedFeatures(_real, () => 1),
                Interval = 5,
                Samples = 40,
                Progress = waiting,
            },
        });

        await run.Result.WaitAsync(_patience);
        waiting.Calls.Distinct().Should().Equal("OnStart", "OnProgress", "Progress", "OnEvaluation", "OnEnd");
    }

    private void SampleElsewhere() =>
        Task.Run(() => _gan.Sample(3).Dispose()).Wait(_patience).Should().BeTrue("the GAN is free while code of the caller's runs");

    private sealed class WaitingCallback(Action wait) : ITrainingCallback, IProgress<double>
    {
        public List<string> Calls { get; } = [];

        public void OnStart(Gan gan, FitOptions options) => Wait(nameof(OnStart));

        public void OnProgress(Gan gan, TrainingProgress progress) => Wait(nameof(OnProgress));

        public void OnEvaluation(Gan gan, EvaluationResult evaluation) => Wait(nameof(OnEvaluation));

        public void OnEnd(Gan gan, FitResult result) => Wait(nameof(OnEnd));

        public void Report(double value) => Wait("Progress");

        private void Wait(string call)
        {
            Calls.Add(call);
            wait();
        }
    }
}
