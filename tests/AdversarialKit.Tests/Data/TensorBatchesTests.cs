using static TorchSharp.torch;

namespace AdversarialKit.Tests.Data;

public sealed class TensorBatchesTests
{
    [Fact]
    public void NextBatch_Shuffled_GivesEachSampleOnceAnEpochInAnotherOrder()
    {
        using var scope = NewDisposeScope();
        using var batches = Batches.FromTensor(arange(10), 5);

        var first = Draw(batches, 2);
        var second = Draw(batches, 2);

        first.Should().NotEqual(second);
        first.Order().Should().Equal(Enumerable.Range(0, 10).Select(i => (long)i));
        second.Order().Should().Equal(first.Order());
        batches.BatchesPerEpoch.Should().Be(2);
    }

    [Theory]
    [InlineData(Sampling.Shuffled)]
    [InlineData(Sampling.WithReplacement)]
    public void NextBatch_TransformThatThrew_GivesTheSameBatchAgain(Sampling sampling)
    {
        using var scope = NewDisposeScope();
        var (calls, fails) = (0, new HashSet<int> { 1, 3, 4 });
        TensorBatches Made(Func<Tensor, Tensor> transform) =>
            Batches.FromTensor(arange(10), 5, new TensorBatchOptions { Sampling = sampling, Transform = transform });
        using var broken = Made(x => fails.Contains(++calls) ? throw new IOException("on purpose") : x);
        using var whole = Made(x => x);
        var given = new List<long>();

        while (given.Count < 20)
        {
            try
            {
                given.AddRange(Draw(broken, 1));
            }
            catch (IOException)
            {
                using var states = NewDisposeScope();
                using var resumed = Made(x => x);
                resumed.SetState(broken.GetState());
                broken.SetState(resumed.GetState());
            }
        }

        calls.Should().Be(7);
        given.Should().Equal(Draw(whole, 4));
    }

    [Fact]
    public void NextBatch_WhatFillsNoBatch_IsLeftOut()
    {
        using var scope = NewDisposeScope();
        using var batches = Batches.FromTensor(arange(10), 4);

        Draw(batches, 2).Should().OnlyHaveUniqueItems();
        batches.BatchesPerEpoch.Should().Be(2);
    }

    [Fact]
    public void NextBatch_WithReplacement_RepeatsSamples()
    {
        using var scope = NewDisposeScope();
        using var batches = Batches.FromTensor(arange(3), 20, new TensorBatchOptions { Sampling = Sampling.WithReplacement });

        Draw(batches, 1).Distinct().Should().HaveCount(3);
    }

    [Fact]
    public void NextBatch_LabelsAndTransform_BelongToTheSelectedSamples()
    {
        using var scope = NewDisposeScope();
        using var batches = Batches.FromTensor(arange(10).to(ScalarType.Byte), 4, new TensorBatchOptions
        {
            Labels = arange(10) * 2,
            Transform = bytes => bytes.to(ScalarType.Float32) / 2,
        });

        var (real, condition) = batches.NextBatch()!.Value;

        real.dtype.Should().Be(ScalarType.Float32);
        condition!.to(ScalarType.Float32).Equals(real * 4).Should().BeTrue();
    }

    [Fact]
    public void NextBatch_Seed_DecidesTheOrder()
    {
        using var scope = NewDisposeScope();
        var samples = arange(100);
        List<long> Of(long seed)
        {
            using var batches = Batches.FromTensor(samples, 50, new TensorBatchOptions { Seed = seed });
            return Draw(batches, 2);
        }

        Of(3).Should().Equal(Of(3)).And.NotEqual(Of(4));
    }

    [Theory]
    [InlineData(Sampling.Shuffled)]
    [InlineData(Sampling.WithReplacement)]
    public void SetState_AnyPosition_GoesOnAtTheNextBatch(Sampling sampling)
    {
        using var scope = NewDisposeScope();
        var samples = arange(9);
        var options = new TensorBatchOptions { Sampling = sampling, Seed = 5 };
        for (var position = 0; position < 7; position++)
        {
            using var batches = Batches.FromTensor(samples, 3, options);
            Draw(batches, position);
            var state = batches.GetState();
            using var other = Batches.FromTensor(samples, 3, options with { Seed = 77 });
            Draw(other, 2);

            other.SetState(state);

            Draw(other, 8).Should().Equal(Draw(batches, 8));
        }
    }

    [Fact]
    public void SetState_OfOtherBatches_RefusesAndChangesNothing()
    {
        using var scope = NewDisposeScope();
        var samples = arange(9);
        using var batches = Batches.FromTensor(samples, 3);
        using var same = Batches.FromTensor(samples, 3);
        using var larger = Batches.FromTensor(samples, 4, new TensorBatchOptions { Sampling = Sampling.WithReplacement });

        var set = () => batches.SetState(larger.GetState());

        set.Should().Throw<ArgumentException>().WithMessage(
            "The state is of batches of 4 from 9 samples (WithReplacement), at batch -1; these are batches of 3 from 9 samples (Shuffled). (Parameter 'state')");
        Draw(batches, 4).Should().Equal(Draw(same, 4));
    }

    [Fact]
    public void FromTensor_TooFewToShuffle_SaysWhatToDo()
    {
        using var samples = arange(3);

        var make = () => Batches.FromTensor(samples, 4);

        make.Should().Throw<ArgumentException>().WithMessage(
            "There are 3 samples, too few for a shuffled batch of 4. Choose smaller batches, or Sampling.WithReplacement. (Parameter 'batchSize')");
    }

    [Fact]
    public void FromTensor_LabelsOfAnotherCount_Refuses()
    {
        using var scope = NewDisposeScope();
        var samples = arange(3);

        var make = () => Batches.FromTensor(samples, 2, new TensorBatchOptions { Labels = arange(4) });

        make.Should().Throw<ArgumentException>().WithMessage("There are 3 samples and labels of the shape [4]; each sample needs one. (Parameter 'options')");
    }

    [Fact]
    public void FromTensor_NoSamples_Refuses()
    {
        using var samples = zeros(0, 4);

        var make = () => Batches.FromTensor(samples, 2);

        make.Should().Throw<ArgumentException>().WithMessage("The samples have the shape [0, 4]; they must be [N, ...] with N of at least 1. (Parameter 'samples')");
    }

    private static List<long> Draw(TensorBatches batches, int count) =>
        [.. Enumerable.Range(0, count).SelectMany(_ => batches.NextBatch()!.Value.Real.data<long>().ToArray())];
}
