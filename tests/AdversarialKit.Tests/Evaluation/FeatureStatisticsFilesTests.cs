using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public sealed class FeatureStatisticsFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Load_WhatWasSaved_GoesOnInTheSameBits()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (MetricData.Normal(1, 20, 3), MetricData.Normal(2, 30, 3));
        using var unbroken = FeatureStatistics.Of(first);
        unbroken.Save(PathOf("some.safetensors"));
        unbroken.Update(second);

        using var loaded = FeatureStatistics.Load(PathOf("some.safetensors"));
        loaded.Update(second);

        loaded.Count.Should().Be(50);
        loaded.Covariance().data<double>().ToArray().Should().Equal(unbroken.Covariance().data<double>().ToArray());
        loaded.Mean().data<double>().ToArray().Should().Equal(unbroken.Mean().data<double>().ToArray());
    }

    [Fact]
    public void Save_WithoutSamples_SaysSo()
    {
        using var empty = new FeatureStatistics();

        empty.Invoking(e => e.Save(PathOf("empty"))).Should().Throw<InvalidOperationException>().WithMessage(
            "There are no statistics to save: no sample was added. Call Update first.");
        Directory.EnumerateFiles(_folder).Should().BeEmpty();
    }

    [Theory]
    [InlineData(2, 3, 5, 0.0)]
    [InlineData(2, 2, 0, 0.0)]
    [InlineData(2, 2, 5, double.NaN)]
    public void Load_OtherTensors_SaysWhatIsNeeded(int width, int side, long count, double value)
    {
        using var scope = NewDisposeScope();
        Safetensors.Save(PathOf("other"), new Dictionary<string, Tensor>
        {
            ["mean"] = full(width, value, dtype: ScalarType.Float64),
            ["scatter"] = zeros(side, side, dtype: ScalarType.Float64),
            ["count"] = tensor(count),
        });

        this.Invoking(_ => FeatureStatistics.Load(PathOf("other"))).Should().Throw<CheckpointException>().WithMessage(
            $"'{PathOf("other")}': The file holds no statistics of features: a finite mean [F], a finite scatter [F, F], both F64, and a count. Write it with FeatureStatistics.Save.");
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
