using MnistGan;
using TorchSharp;

namespace AdversarialKit.Tests;

public sealed class ExportTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Write_MoreThanABatch_ParsesAsImagesInOrder()
    {
        var asked = new List<long>();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        var path = _world.InFolder("samples.idx3-ubyte.gz");
        Export.Write(path, 1201, Sample, CancellationToken.None);

        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().Be(before);
        asked.Should().Equal(500, 500, 201);
        using var read = IdxFile.ReadImages(path);
        read.Values.shape.Should().Equal(1201, 28, 28);
        var pixels = read.Values.bytes.ToArray();
        new[] { pixels[0], pixels[500 * 784], pixels[1000 * 784] }.Should().Equal(0, 128, 255);

        torch.Tensor Sample(long count)
        {
            asked.Add(count);
            return torch.full([count, 1, 28, 28], asked.Count - 2f);
        }
    }

    [Fact]
    public void Write_Stopped_LeavesNoFile()
    {
        using var stop = new CancellationTokenSource();

        FluentActions.Invoking(() => Export.Write(_world.InFolder("samples.idx3-ubyte.gz"), 1000, Sample, stop.Token)).Should().Throw<OperationCanceledException>();
        Directory.GetFiles(_world.Folder).Should().BeEmpty();

        torch.Tensor Sample(long count)
        {
            stop.Cancel();
            return torch.zeros(count, 1, 28, 28);
        }
    }
}
