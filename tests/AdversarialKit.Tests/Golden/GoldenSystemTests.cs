using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

/// <summary>Whole systems of several networks that PyTorch computed, replayed through the public API.</summary>
public sealed class GoldenSystemTests
{
    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void Pix2Pix(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var replay = new Pix2PixReplay(type);
        replay.Compare();
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void CycleGan(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var replay = new CycleGanReplay(type);
        replay.Compare();
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void BiGan(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var replay = new BiGanReplay(type);
        replay.Compare();
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void AdversarialAutoencoder(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var replay = new AdversarialAutoencoderReplay(type);
        replay.Compare();
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void SuperResolution(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var replay = new SuperResolutionReplay(type);
        replay.Compare();
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void Ctgan(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var replay = new CtganReplay(type);
        replay.Compare();
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    public void StyleGan(ScalarType type)
    {
        using var scope = NewDisposeScope();
        using var replay = new StyleGanReplay(type);
        replay.Compare();
    }

    [Fact]
    public void Pix2Pix_FakePassFirst_MovesTheBuffersInThatOrder()
    {
        using var scope = NewDisposeScope();
        using var replay = new Pix2PixReplay(ScalarType.Float64, fakeFirst: true);
        replay.CompareVariant("fake_pass_first");
    }

    [Fact]
    public void Pix2Pix_MainRun_DiffersFromTheVariantWhoseGeneratorStepMovesBuffers()
    {
        using var scope = NewDisposeScope();
        using var replay = new Pix2PixReplay(ScalarType.Float64);

        var compare = () => replay.CompareVariant("g_step_moves_buffers");

        compare.Should().Throw<Xunit.Sdk.XunitException>().WithMessage("*running_mean*");
    }

    [Fact]
    public void StyleGan_MeanPathLengthAsAConstant_IsTheRecordedVariant()
    {
        using var scope = NewDisposeScope();
        using var replay = new StyleGanReplay(ScalarType.Float64, detachesMean: true);
        replay.CompareVariant("pl_mean_detached");
    }
}
