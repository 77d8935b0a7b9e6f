
namespace AdversarialKit.Tests.Training;

/// <summary>Levers that change bits: the same seed still gives the same ones, and a resumed run still goes on with them.</summary>
public sealed class OptInLeversResumeTests : IDisposable
{
    private const int Half = 5;
    private readonly CheckpointFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxTheory]
    [InlineData(ComputePrecision.BFloat16, FakeMode.Training)]
    [InlineData(ComputePrecision.Full, FakeMode.Shared)]
    [InlineData(ComputePrecision.BFloat16, FakeMode.Shared)]
    public void LoadCheckpoint_WithTheLever_GoesOnBitForBit(ComputePrecision precision, FakeMode fakes)
    {
        void Set(GanBuilder builder) => builder.WithComputePrecision(precision).WithFakes(fakes);
        using var unbroken = new RichGan(Sampling.Shuffled, also: Set);
        var losses = unbroken.TrainTo(2 * Half);
        var digest = unbroken.Digest();
        using (var first = new RichGan(Sampling.Shuffled, also: Set))
        {
            first.TrainTo(Half, new CheckpointOptions { Directory = _folder.Path }).Should().Equal(losses.Take(Half));
        }

        using var resumed = new RichGan(Sampling.Shuffled, seed: 99, also: Set);
        resumed.Gan.LoadCheckpoint(_folder.Path, batches: resumed.Batches);

        resumed.TrainTo(2 * Half).Should().Equal(losses.Skip(Half));
        resumed.Digest().Should().Be(digest);
    }

    [LinuxFact]
    public void LoadCheckpoint_OfAnotherPrecision_SaysSo()
    {
        using (var rounded = new RichGan(Sampling.Shuffled, also: builder => builder.WithComputePrecision(ComputePrecision.BFloat16)))
        {
            rounded.TrainTo(1, new CheckpointOptions { Directory = _folder.Path });
        }

        using var exact = new RichGan(Sampling.Shuffled);

        exact.Gan.Invoking(gan => gan.LoadCheckpoint(_folder.Path)).Should().Throw<CheckpointException>().Which.Message.Should().Contain(
            "- configuration: 'precision' is 'products and activations in BFloat16, weights in Float32' in the checkpoint and none in use.");
    }

    [LinuxFact]
    public void SaveCheckpoint_InBFloat16_HoldsFloat32()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var rounded = new RichGan(Sampling.Shuffled, also: builder => builder.WithComputePrecision(ComputePrecision.BFloat16));
        rounded.TrainTo(1, new CheckpointOptions { Directory = _folder.Path });

        var checkpoint = Checkpoint.Open(_folder.Path);

        foreach (var group in (string[])["generator", "discriminator", "average", "optimizer-generator", "optimizer-discriminator"])
        {
            checkpoint.Load(group).Values.Should().NotContain(tensor => tensor.dtype == TorchSharp.torch.ScalarType.BFloat16, group);
        }
    }
}
