using static TorchSharp.torch;

namespace AdversarialKit.Tests.Data;

public sealed class JoinedBatchesTests
{
    [Fact]
    public void NextBatch_OfTwoSources_HasBothUnderTheirNames()
    {
        using var scope = NewDisposeScope();
        using var some = Batches.FromTensor(arange(10), 5);
        using var others = Batches.FromTensor(arange(100, 106), 3);
        using var others2 = Batches.FromTensor(arange(100, 106), 3);

        var joined = Batches.Together(("a", some), ("b", others));
        var batch = joined.NextBatch()!.Value;

        joined.BatchesPerEpoch.Should().Be(2);
        batch.Named!.Keys.Should().Equal("a", "b");
        batch.Named["a"].data<long>().Should().OnlyContain(value => value < 10);
        batch.Named["b"].data<long>().Should().Equal(others2.NextBatch()!.Value.Real.data<long>());
    }

    [Fact]
    public void NextBatch_WhereOneSourceEnds_Ends()
    {
        using var scope = NewDisposeScope();
        using var endless = Batches.FromTensor(arange(10), 5);
        var joined = Batches.Together(("a", endless), ("b", Batches.FromSequence([ones(5)])));

        joined.NextBatch().Should().NotBeNull();
        joined.NextBatch().Should().BeNull();
        joined.Should().NotBeAssignableTo<IStateful>("a sequence does not know where it stands");
    }

    [Fact]
    public void SetState_OfEarlier_GoesOnAtTheVeryNextBatch()
    {
        using var scope = NewDisposeScope();
        using var one = Sources(1);
        using var other = Sources(99);
        Draw(one.Joined, 3);
        var state = ((IStateful)one.Joined).GetState();
        var expected = Draw(one.Joined, 4);

        ((IStateful)other.Joined).SetState(state);

        Draw(other.Joined, 4).Should().Equal(expected);
    }

    [Fact]
    public void SetState_ThatFitsOneSourceOnly_MovesNone()
    {
        using var scope = NewDisposeScope();
        using var sources = Sources(1);
        using var reference = Sources(1);
        var state = new Dictionary<string, Tensor>(((IStateful)sources.Joined).GetState());
        Draw(sources.Joined, 1);
        Draw(reference.Joined, 1);
        state["b:layout"] = tensor(new long[] { 7, 3, 0 });

        sources.Joined.Invoking(joined => ((IStateful)joined).SetState(state)).Should().Throw<ArgumentException>().WithMessage(
            "The state is of batches of 3 from 7 samples (Shuffled), at batch -1; these are batches of 5 from 20 samples (Shuffled). (Parameter 'state')");

        Draw(sources.Joined, 3).Should().Equal(Draw(reference.Joined, 3));
    }

    [Fact]
    public void SetState_OfOtherSources_NamesOne()
    {
        using var scope = NewDisposeScope();
        using var sources = Sources(1);
        var state = new Dictionary<string, Tensor>(((IStateful)sources.Joined).GetState()) { ["c:random"] = ones(1) };

        sources.Joined.Invoking(joined => ((IStateful)joined).SetState(state)).Should().Throw<ArgumentException>()
            .WithMessage("The state holds 'c:random'; it must be of the sources 'a', 'b'. (Parameter 'state')");
    }

    [Fact]
    public void Together_OfWhatCannotBe_SaysWhy()
    {
        using var scope = NewDisposeScope();
        using var source = Batches.FromTensor(arange(10), 5);
        using var other = Batches.FromTensor(arange(10), 5);

        Refusal(() => Batches.Together()).Should().Be("There is no source. Give at least one, with a name. (Parameter 'sources')");
        Refusal(() => Batches.Together(("a", source), ("a", other)))
            .Should().Be("'a' cannot name a source: each needs a name of its own, without a slash. (Parameter 'sources')");
        Refusal(() => Batches.Together(("a/b", source)))
            .Should().Be("'a/b' cannot name a source: each needs a name of its own, without a slash. (Parameter 'sources')");
        Refusal(() => Batches.Together(("a", null!))).Should().Be("The source 'a' is null. (Parameter 'sources')");
        Refusal(() => Batches.Together(("a", source), ("b", source)))
            .Should().Be("The source 'b' stands there under another name as well, and a batch of it cannot be taken twice. (Parameter 'sources')");
    }

    private static string Refusal(Func<IBatchSource> make) => make.Should().Throw<ArgumentException>().Which.Message;

    private static JoinedSources Sources(long seed) => new(seed);

    private static long[] Draw(IBatchSource source, int batches) =>
        [.. Enumerable.Range(0, batches).SelectMany(_ => source.NextBatch()!.Value.Named!.Values.SelectMany(tensor => tensor.data<long>().ToArray()))];

    private sealed class JoinedSources : IDisposable
    {
        private readonly Tensor _samples = arange(20);
        private readonly TensorBatches _a;
        private readonly TensorBatches _b;

        public JoinedSources(long seed)
        {
            _a = Batches.FromTensor(_samples, 5, new TensorBatchOptions { Seed = seed, Sampling = Sampling.WithReplacement });
            _b = Batches.FromTensor(_samples, 5, new TensorBatchOptions { Seed = seed + 1 });
            Joined = Batches.Together(("a", _a), ("b", _b));
        }

        public IBatchSource Joined { get; }

        public void Dispose()
        {
            _a.Dispose();
            _b.Dispose();
            _samples.Dispose();
        }
    }
}
