using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Data;

public sealed class LoaderBatchesTests
{
    [Fact]
    public void Fit_DataLoader_GoesThroughItAgainAndAgain()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).WithDiscriminatorSteps(2).Build();
        using var data = new Rows(20);
        using var loader = new TorchSharp.Modules.DataLoader(data, 4, shuffle: true);
        var alive = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        var result = gan.Fit(Batches.FromDataLoader(loader), new FitOptions { Epochs = 4 });

        result.Iterations.Should().Be(10);
        gan.SamplesSeen.Should().Be(80);
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().BeLessThan(alive + 60);
    }

    [Fact]
    public void Fit_EntryThatTheLoaderLacks_NamesThoseItHas()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var data = new Rows(8);
        using var loader = new TorchSharp.Modules.DataLoader(data, 4);

        var fit = () => gan.Fit(Batches.FromDataLoader(loader, new DataLoaderBatchOptions { Samples = "image" }), new FitOptions { Iterations = 1 });

        fit.Should().Throw<InvalidOperationException>().WithMessage(
            "The loader's batches have no entry 'image'; they have 'data', 'label'. Name the right one in DataLoaderBatchOptions.");
    }

    private sealed class Rows(long count) : utils.data.Dataset
    {
        public override long Count => count;

        public override Dictionary<string, Tensor> GetTensor(long index) => new()
        {
            ["data"] = full([6], (float)index / count),
            ["label"] = tensor(index % 2),
        };
    }
}
