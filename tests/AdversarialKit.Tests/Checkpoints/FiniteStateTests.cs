using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Checkpoints;

/// <summary>Infinite by design is not divergence; only what became so is.</summary>
public sealed class FiniteStateTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();
    private readonly Masked _generator = new();
    private readonly nn.Module<Tensor, Tensor> _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real(40);

    public void Dispose()
    {
        _folder.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        _real.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fit_MaskOfMinusInfinity_WritesCheckpointsAndCompletes(bool average)
    {
        var builder = Toy.Builder(_generator, _discriminator);
        using var gan = (average ? builder.WithGeneratorAverage(Ema.Decay(0.9)) : builder).Build();

        var result = Fit(gan, (_, _) => { });

        result.Reason.Should().Be(StopReason.Completed);
        _folder.Names.Should().Contain(["iteration-000000000002", "iteration-000000000004"]);
        gan.LoadCheckpoint(_folder.Path).Iteration.Should().Be(4);
        Fit(gan, (_, _) => { }, iterations: 6).Reason.Should().Be(StopReason.Completed, "a loaded mask is as infinite as the one that was built");
    }

    [Theory]
    [InlineData(0, float.NaN)]
    [InlineData(0, float.PositiveInfinity)]
    [InlineData(1, float.NaN)]
    public void Fit_NumberThatBecameOtherThanFinite_IsDivergence(int element, float value)
    {
        using var gan = Toy.Builder(_generator, _discriminator).Build();

        var result = Fit(gan, (_, progress) => { if (progress.Iteration == 3) { _generator.SetMask(element, value); } });

        result.Reason.Should().Be(StopReason.Diverged);
        result.Message.Should().StartWith("At iteration 4 'mask' of the generator holds numbers that are not finite. The last good checkpoint is");
        _folder.Names.Where(CheckpointNames.IsDirectory).Should().Equal("iteration-000000000002");
    }

    [Fact]
    public void Fit_InfinityThatBecameFinite_IsFine()
    {
        using var gan = Toy.Builder(_generator, _discriminator).Build();

        Fit(gan, (_, _) => _generator.SetMask(1, 0)).Reason.Should().Be(StopReason.Completed);
    }

    private FitResult Fit(Gan gan, Action<Gan, TrainingProgress> onProgress, long iterations = 4)
    {
        using var batches = Batches.FromTensor(_real, 8);
        return gan.Fit(batches, new FitOptions
        {
            Iterations = iterations,
            Callbacks = [new Training.Callback(onProgress)],
            Checkpoints = new CheckpointOptions { Directory = _folder.Path, Interval = 2 },
        });
    }

    private sealed class Masked : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor> linear = nn.Linear(4, 6);
        private Tensor mask = tensor([0f, float.NegativeInfinity, float.NegativeInfinity]);

        public Masked()
            : base(nameof(Masked)) => RegisterComponents();

        public void SetMask(int element, float value)
        {
            using var noGrad = no_grad();
            mask[element] = value;
        }

        public override Tensor forward(Tensor input) => linear.call(input);
    }
}
