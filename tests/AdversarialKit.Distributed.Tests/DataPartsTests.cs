using static TorchSharp.torch;

namespace AdversarialKit.Tests.Distributed;

/// <summary>The parts of the ranks, one behind the other, are the batches of one process.</summary>
public sealed class DataPartsTests : IDisposable
{
    private const int Samples = 23;
    private const int PartSize = 3;
    private const int Ranks = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("parts").FullName;
    private readonly Tensor _samples = arange(Samples, dtype: ScalarType.Float32).unsqueeze(1);
    private readonly Tensor _labels = arange(Samples, dtype: ScalarType.Int64);

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _samples.Dispose();
        _labels.Dispose();
    }

    [Theory]
    [InlineData(Sampling.Shuffled)]
    [InlineData(Sampling.WithReplacement)]
    public void FromTensor_OnRanks_PartsTheBatchesOfOneProcess(Sampling sampling)
    {
        using var whole = Batches.FromTensor(_samples, PartSize * Ranks, new TensorBatchOptions { Labels = _labels, Sampling = sampling, Seed = 4 });
        var parts = OnRanks(rank => Batches.FromTensor(_samples, PartSize, new TensorBatchOptions { Labels = _labels, Sampling = sampling, Seed = 4, Collective = rank }));

        ShouldPart(whole, parts);
        parts.Select(part => part.BatchesPerEpoch).Should().OnlyContain(count => count == 2, "what does not fill a batch of all ranks is left out");
    }

    [Fact]
    public void FromTensor_OnRanks_GivesNoSampleTwiceInAnEpoch()
    {
        var parts = OnRanks(rank => Batches.FromTensor(_samples, PartSize, new TensorBatchOptions { Collective = rank }));

        var seen = Enumerable.Range(0, 2).SelectMany(_ => parts.SelectMany(part => Numbers(part.NextBatch()!.Value.Real))).ToList();

        seen.Should().HaveCount(18).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void FromImageFolder_OnRanks_PartsTheBatchesOfOneProcess()
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < Samples; i++)
        {
            ImageSheet.Draw(full([1, 1, 4, 4], (i / 12.0) - 1, dtype: ScalarType.Float32)).Save(Path.Combine(_folder, $"{i:00}.png"));
        }

        var options = new ImageFolderOptions { Width = 4, Height = 4, Channels = 1, Seed = 4 };
        using var whole = Batches.FromImageFolder(_folder, PartSize * Ranks, options);
        var parts = OnRanks(rank => Batches.FromImageFolder(_folder, PartSize, options with { Collective = rank }));

        ShouldPart(whole, parts);
        Array.ForEach(parts, part => part.Dispose());
    }

    [Theory]
    [InlineData("fewer", "40 samples, Shuffled, seed 0", "41 samples, Shuffled, seed 0")]
    [InlineData("seed", "40 samples, Shuffled, seed 0", "40 samples, Shuffled, seed 1")]
    [InlineData("sampling", "40 samples, Shuffled, seed 0", "40 samples, WithReplacement, seed 0")]
    public void Fit_OnRanksWithOtherData_IsRefusedWithBothSides(string what, string first, string second)
    {
        var act = () => ThreadRanks.Run(2, collective =>
        {
            using var run = new SmallRun(collective);
            var differs = collective.Rank == 1 ? what : "";
            using var samples = zeros(differs == "fewer" ? 41 : 40, SmallRun.Width);
            var options = new TensorBatchOptions { Collective = collective, Seed = differs == "seed" ? 1 : 0, Sampling = differs == "sampling" ? Sampling.WithReplacement : Sampling.Shuffled };
            using var batches = Batches.FromTensor(samples, 4, options);
            run.Gan.Fit(batches, new FitOptions { Iterations = 2 });
            return true;
        });

        act.Should().Throw<AggregateException>().Which.InnerExceptions.Should().HaveCount(2).And.AllSatisfy(error => error.Message.Should().Be(
            $"The ranks were built differently: 'data' is '{first}' on rank 0 and '{second}' on rank 1. Start every rank with the same program and the same arguments."));
    }

    private static T[] OnRanks<T>(Func<ICollective, T> make) => ThreadRanks.Run(Ranks, make);

    private static void ShouldPart(IBatchSource whole, IBatchSource[] parts)
    {
        for (var i = 0; i < 5; i++)
        {
            var expected = whole.NextBatch()!.Value;
            var batches = parts.Select(part => part.NextBatch()!.Value).ToList();
            Numbers(cat([.. batches.Select(batch => batch.Real)])).Should().Equal(Numbers(expected.Real));
            if (expected.Condition is { } labels)
            {
                cat([.. batches.Select(batch => batch.Condition!)]).data<long>().ToArray().Should().Equal(labels.data<long>().ToArray());
            }
        }
    }

    private static float[] Numbers(Tensor tensor) => tensor.contiguous().data<float>().ToArray();
}
