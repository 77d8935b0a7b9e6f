using System.Xml;
using System.Xml.Linq;
using AdversarialKit.Tests.Support;
using AdversarialKit.Tests.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Reporting;

/// <summary>Runs with a report and checkpoints, which may be broken off and gone on with.</summary>
public abstract class ReportedRunTests : IDisposable
{
    private protected ReportFolder Folder { get; } = new();

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected void Run(bool pictures, string name, long iterations, long stop, long from = 0)
    {
        using var gan = new Built(pictures);
        var checkpoints = new CheckpointOptions { Directory = Folder.File(name + ".c"), Interval = 100, Retention = new CheckpointRetention { KeepLast = 9 } };
        if (from > 0)
        {
            gan.Gan.LoadCheckpoint(Path.Combine(checkpoints.Directory, FormattableString.Invariant($"iteration-{from:D12}")), batches: gan.Batches);
        }

        using var cancel = new CancellationTokenSource();
        using var report = new HtmlReport(Folder.File(name + ".html"));
        var own = new Callback((_, progress) =>
        {
            if (progress.Iteration % 20 == 0)
            {
                report.Add("own <figure>", progress.Iteration, progress.Iteration / 3.0);
            }

            if (progress.Iteration == stop)
            {
                cancel.Cancel();
            }
        });
        gan.Gan.Fit(gan.Batches, new FitOptions { Iterations = iterations, Callbacks = [new Finding(report), own], Checkpoints = checkpoints }, cancel.Token);
    }

    private protected XDocument Page(string name)
    {
        using var reader = XmlReader.Create(Folder.File(name + ".html"), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private protected sealed class Built : IDisposable
    {
        private readonly Sequential _generator;
        private readonly Sequential _discriminator;
        private readonly Tensor _real;

        public Built(bool pictures, long seed = 7)
        {
            manual_seed(3);
            _generator = pictures ? PictureGan.ImageGenerator() : PictureGan.PointGenerator();
            _discriminator = pictures ? PictureGan.ImageDiscriminator() : PictureGan.PointDiscriminator();
            _real = pictures ? PictureGan.RealImages() : randn(8, 2, generator: new Generator(1));
            Gan = Toy.Builder(_generator, _discriminator).WithOptimizers(Optimizers.Adam(1e-3)).WithSeed(seed).Build();
            Batches = AdversarialKit.Batches.FromTensor(_real, 4);
        }

        public Gan Gan { get; }

        public TensorBatches Batches { get; }

        public void Fit(long iterations, params ITrainingCallback[] callbacks) =>
            Gan.Fit(Batches, new FitOptions { Iterations = iterations, Callbacks = callbacks });

        public void Dispose()
        {
            Gan.Dispose();
            Batches.Dispose();
            _generator.Dispose();
            _discriminator.Dispose();
            _real.Dispose();
        }
    }

    /// <summary>A report of a run in which the doctor found something at iteration 40.</summary>
    private sealed class Finding(HtmlReport report) : ITrainingCallback
    {
        public void OnStart(Gan gan, FitOptions options) => report.OnStart(gan, options);

        public void OnProgress(Gan gan, TrainingProgress progress) => report.OnProgress(gan, progress.Iteration != 40
            ? progress
            : progress with { Diagnoses = [new Diagnosis(DiagnosisKind.DiscriminatorSaturated, 40, "A <finding> & more.")] });

        public void OnEnd(Gan gan, FitResult result) => report.OnEnd(gan, result);
    }
}
