using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Data;

/// <summary>Whatever a conversion gives back, an iteration of two batches trains on both, and nothing of the caller's is disposed.</summary>
public sealed class TransformOutcomesTests : IDisposable
{
    private readonly Tensor _kept = zeros(4, 6);
    private readonly Tensor _samples = Toy.Real(20);

    public static TheoryData<string> Outcomes => ["none", "input", "new", "view", "kept buffer", "in place", "own scope", "other buffer disposed"];

    public void Dispose()
    {
        _kept.Dispose();
        _samples.Dispose();
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Fit_LoaderWithTwoCriticSteps_TrainsAsWithoutATransform(string outcome) =>
        TrainFromLoader(outcome).Should().Be(TrainFromLoader("none"));

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Fit_TensorBatchesWithTwoCriticSteps_TrainsAsWithoutATransform(string outcome) =>
        TrainFromTensor(outcome).Should().Be(TrainFromTensor("none"));

    [Fact]
    public void NextBatch_TwoFromAKeptBuffer_AreTwo()
    {
        using var scope = NewDisposeScope();
        using var batches = Batches.FromTensor(arange(8, dtype: ScalarType.Float32).reshape(8, 1), 4, new TensorBatchOptions { Transform = Transform("kept column") });

        var (first, second) = (batches.NextBatch()!.Value.Real, batches.NextBatch()!.Value.Real);

        cat([first, second]).flatten().sort().Values.data<float>().Should().Equal(0, 1, 2, 3, 4, 5, 6, 7);
    }

    [Theory]
    [InlineData("null", "TensorBatchOptions.Transform gave back null. It must return the samples.")]
    [InlineData("disposed", "TensorBatchOptions.Transform gave back a tensor that is disposed. Return one that lives: without `using`, out of its dispose scope by MoveToOuterDisposeScope.")]
    public void NextBatch_NothingToTrainOn_SaysWhoGaveIt(string outcome, string message)
    {
        using var batches = Batches.FromTensor(_samples, 4, new TensorBatchOptions { Transform = Transform(outcome) });

        batches.Invoking(b => b.NextBatch()).Should().Throw<InvalidOperationException>().WithMessage(message);
    }

    private string TrainFromLoader(string outcome)
    {
        using var data = new Rows(_samples);
        using var loader = new TorchSharp.Modules.DataLoader(data, 4, shuffle: false);
        return Train(Batches.FromDataLoader(loader, new DataLoaderBatchOptions { Transform = Transform(outcome) }));
    }

    private string TrainFromTensor(string outcome)
    {
        using var batches = Batches.FromTensor(_samples, 4, new TensorBatchOptions { Transform = Transform(outcome) });
        return Train(batches);
    }

    private static string Train(IBatchSource batches)
    {
        manual_seed(1);
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).WithDiscriminatorSteps(2).Build();
        gan.Fit(batches, new FitOptions { Iterations = 6 });
        return $"{Snapshot.Of(generator)}\n{Snapshot.Of(discriminator)}";
    }

    private Func<Tensor, Tensor>? Transform(string outcome) => outcome switch
    {
        "none" => null,
        "input" => x => x,
        "new" => x => x.mul(1),
        "view" => x => x.view(x.shape),
        "in place" => x => x.mul_(1),
        "kept buffer" => Keep(_kept),
        "kept column" => Keep(zeros(4, 1)),
        "own scope" => InAScope,
        "other buffer disposed" => new Swapping().Next,
        "disposed" => Gone,
        _ => _ => null!,
    };

    private static Func<Tensor, Tensor> Keep(Tensor buffer) => x =>
    {
        buffer.copy_(x);
        return buffer;
    };

    private static Tensor InAScope(Tensor samples)
    {
        using var scope = NewDisposeScope();
        return samples.mul(2).div(2).MoveToOuterDisposeScope();
    }

    private static Tensor Gone(Tensor samples)
    {
        using var gone = samples.mul(1);
        return gone;
    }

    /// <summary>Keeps what it gave last and disposes it when it is asked again.</summary>
    private sealed class Swapping
    {
        private Tensor? _last;

        public Tensor Next(Tensor samples)
        {
            _last?.Dispose();
            return _last = samples.clone().DetachFromDisposeScope();
        }
    }

    private sealed class Rows(Tensor samples) : utils.data.Dataset
    {
        public override long Count => samples.shape[0];

        public override Dictionary<string, Tensor> GetTensor(long index) => new() { ["data"] = samples[index].clone() };
    }
}
