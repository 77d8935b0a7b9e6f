using TorchSharp;
using static AdversarialKit.Tests.OptimizerTestData;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public class GeneratorAverageTests
{
    [Fact]
    public void Update_WithDecay_AgreesWithRecordedValue()
    {
        var vector = Vector("s.ema_update");
        var inputs = vector.GetProperty("inputs");
        using var module = nn.Linear(1, 1, hasBias: false, dtype: ScalarType.Float64);
        Fill(module, inputs.GetProperty("p_ema").GetDouble());
        using var average = new GeneratorAverage(module, Ema.Decay(inputs.GetProperty("beta").GetDouble()));
        Fill(module, inputs.GetProperty("p").GetDouble());

        average.Update(batchSize: 1);

        average.GetState()["average.weight"].item<double>().Should().BeApproximately(vector.GetProperty("expected").GetDouble(), 1e-9);
    }

    [Fact]
    public void Update_WithHalfLife_CountsTheImagesSeen()
    {
        using var module = nn.Linear(1, 1, hasBias: false, dtype: ScalarType.Float64);
        Fill(module, 1);
        using var average = new GeneratorAverage(module, Ema.HalfLife(100, rampUp: 0.5));
        Fill(module, 3);
        average.Update(64);
        average.GetState()["average.weight"].item<double>().Should().Be(3, "nothing was seen before, so the first update takes the weights over");
        Fill(module, 5);

        average.Update(64);

        var decay = Math.Pow(0.5, 64 / 32.0);
        average.GetState()["average.weight"].item<double>().Should().BeApproximately(5 + decay * (3 - 5), 1e-12);
        average.GetState()["images"].item<long>().Should().Be(128);
    }

    [Fact]
    public void Update_Buffers_AreCopied()
    {
        using var module = Network();
        using var average = new GeneratorAverage(module, Ema.Decay(0.9));
        using (var x = randn(8, 3, 1, 1))
        {
            module.forward(x).Dispose();
        }

        average.Update(8);

        var state = average.GetState();
        foreach (var (name, buffer) in module.named_buffers())
        {
            Bytes([state["average." + name]]).Should().Equal(Bytes([buffer]));
        }

        state["average.1.num_batches_tracked"].dtype.Should().Be(ScalarType.Int64);
    }

    [Fact]
    public void Swap_UntilDisposed_PutsTheAverageIntoTheModule()
    {
        using var module = Network();
        using var average = new GeneratorAverage(module, Ema.Decay(0.9));
        var initial = Bytes(Values(module));
        Shift(module);
        var (live, pointers) = (Bytes(Values(module)), Pointers(module));

        using (average.Swap())
        {
            Bytes(Values(module)).Should().Equal(initial);
            Pointers(module).Should().Equal(pointers);
        }

        Bytes(Values(module)).Should().Equal(live);
        Pointers(module).Should().Equal(pointers);
    }

    [Fact]
    public void Swap_AnExceptionInside_PutsTheLiveWeightsBack()
    {
        using var module = Network();
        using var average = new GeneratorAverage(module, Ema.Decay(0.9));
        Shift(module);
        var live = Bytes(Values(module));

        var use = () =>
        {
            using var swap = average.Swap();
            throw new FormatException();
        };

        use.Should().Throw<FormatException>();
        Bytes(Values(module)).Should().Equal(live);
    }

    [Fact]
    public void Swap_Twice_IsRefused()
    {
        using var module = Network();
        using var average = new GeneratorAverage(module, Ema.Decay());
        using var swap = average.Swap();

        var again = () => average.Swap();
        var update = () => average.Update(1);

        again.Should().Throw<InvalidOperationException>().WithMessage(
            "The generator already holds its averaged weights; dispose what the first call of Swap returned before the next.");
        update.Should().Throw<InvalidOperationException>().WithMessage(
            "The generator holds its averaged weights, so there is nothing to average; dispose what Swap returned before the next step.");
    }

    [Fact]
    public void Dispose_WhileSwapped_PutsTheLiveWeightsBack()
    {
        using var module = Network();
        var average = new GeneratorAverage(module, Ema.Decay());
        Shift(module);
        var live = Bytes(Values(module));
        average.Swap();

        average.Dispose();

        Bytes(Values(module)).Should().Equal(live);
    }

    [Fact]
    public void SetState_OfAnother_ContinuesBitForBit()
    {
        using var module = Network();
        using var first = new GeneratorAverage(module, Ema.HalfLife(100));
        Shift(module);
        first.Update(10);
        using var second = new GeneratorAverage(module, Ema.HalfLife(100));
        using (NewDisposeScope())
        {
            second.SetState(first.GetState());
        }

        Shift(module);
        first.Update(10);
        second.Update(10);

        var (one, other) = (first.GetState(), second.GetState());
        one.Keys.Should().BeEquivalentTo(other.Keys);
        one.Keys.Should().AllSatisfy(name => Bytes([one[name]]).Should().Equal(Bytes([other[name]])));
    }

    [Fact]
    public void SetState_OfAnotherNetwork_ChangesNothing()
    {
        using var module = Network();
        using var average = new GeneratorAverage(module, Ema.Decay());
        var before = average.GetState();
        var state = new Dictionary<string, Tensor>(before) { ["images"] = tensor(99L), ["average.0.bias"] = zeros(9) };

        var set = () => average.SetState(state);

        set.Should().Throw<ArgumentException>().WithMessage(
            "'average.0.bias' in the state has shape [9] and type Float32, but shape [4] and type Float32 are needed. (Parameter 'state')");
        average.GetState()["images"].item<long>().Should().Be(0);
    }

    [Fact]
    public void Update_AThousandTimes_KeepsTheNumberOfLiveTensors()
    {
        using var module = Network();
        using var average = new GeneratorAverage(module, Ema.Decay());
        Round();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 1000; i++)
        {
            Round();
        }

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);

        void Round()
        {
            average.Update(1);
            average.Swap().Dispose();
        }
    }

    private static TorchSharp.Modules.Sequential Network() => nn.Sequential(nn.Conv2d(3, 4, 1), nn.BatchNorm2d(4));

    private static IEnumerable<Tensor> Values(nn.Module module) =>
        module.parameters().Concat(module.named_buffers().Select(b => b.buffer));

    private static nint[] Pointers(nn.Module module) => [.. Values(module).Select(DataPointer)];

    private static nint DataPointer(Tensor tensor) => tensor.dtype == ScalarType.Int64
        ? tensor.storage<long>().data_ptr()
        : tensor.storage<float>().data_ptr();

    private static void Fill(nn.Module module, double value)
    {
        using var noGrad = no_grad();
        module.parameters().ToList().ForEach(p => p.fill_(value));
    }

    private static void Shift(nn.Module module)
    {
        using var noGrad = no_grad();
        Values(module).ToList().ForEach(p => p.add_(1));
    }
}
