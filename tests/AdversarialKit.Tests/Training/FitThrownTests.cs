using AdversarialKit.Tests.Support;
using Microsoft.Extensions.Logging;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

/// <summary>Whatever throws, the exception comes out as it is and the finished iterations are on the disk.</summary>
public sealed class FitThrownTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();
    private readonly CollectingLogger _log = new(LogLevel.Warning);
    private readonly FailingLayer _failing = new();
    private readonly nn.Module<Tensor, Tensor> _generator;
    private readonly nn.Module<Tensor, Tensor> _discriminator = Toy.Discriminator();
    private readonly Tensor _real = Toy.Real(8);

    public FitThrownTests() => _generator = nn.Sequential(("linear", nn.Linear(4, 6)), ("failing", _failing));

    public void Dispose()
    {
        _folder.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
        _real.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void Fit_DataSourceThrows_WritesWhatIsFinished()
    {
        Thrown<IOException>(Source(3, () => throw new IOException("the disk is gone"))).Should().Be("the disk is gone");

        Written().Should().Equal("iteration-000000000003");
        _log.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Fit_BatchThatDoesNotFit_WritesWhatIsFinished()
    {
        Thrown<ArgumentException>(Source(3, () => zeros(8, 5))).Should().StartWith("The real batch has the shape [8, 5]");

        Written().Should().Equal("iteration-000000000003");
        _log.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Fit_StepThrows_WritesWhatIsFinishedAndSaysThatMoreMayBeInIt()
    {
        Thrown<InvalidOperationException>(Source(3, () => { _failing.FailAt = 0; return _real; })).Should().Be("broken on purpose");

        Written().Should().Equal("iteration-000000000003");
        _log.Entries.Should().ContainSingle().Which.Should().Be((LogLevel.Warning, 32,
            "The next iteration broke off on its way, and the checkpoint of iteration 3 may hold a part of it: a run that resumes there is not bit for bit the unbroken one"));
    }

    [Fact]
    public void Fit_StepThrowsAfterTheIterationWasWritten_LeavesThatCheckpointAsItIs()
    {
        Thrown<InvalidOperationException>(Source(3, () => { _failing.FailAt = 0; return _real; }), interval: 3);

        Written().Should().Equal("iteration-000000000003");
        _log.Entries.Should().BeEmpty();
    }

    [Fact]
    public void Fit_SourceWasCancelledByAnException_WritesWhatIsFinished()
    {
        Thrown<OperationCanceledException>(Source(2, () => throw new OperationCanceledException("mine"))).Should().Be("mine");

        Written().Should().Equal("iteration-000000000002");
    }

    [Fact]
    public void Fit_MetricThrows_WritesTheIterationWithoutIt()
    {
        Thrown<TimeoutException>(Source(5, null), interval: 2, metric: _ => throw new TimeoutException("no judge")).Should().Be("no judge");

        Written().Should().Equal("iteration-000000000002");
        _log.Entries.Should().ContainSingle().Which.Should().Be((LogLevel.Error, 18, "The metric of iteration 2 could not be measured; its checkpoint has none"));
    }

    [Fact]
    public void Fit_ThrowsBeforeTheFirstIteration_WritesNothing()
    {
        Thrown<IOException>(Source(0, () => throw new IOException("no data")));

        Written().Should().BeEmpty();
    }

    [Fact]
    public void Fit_DataSourceThrowsWithoutCheckpoints_ThrowsTheSame()
    {
        using var gan = Build();

        var fit = () => gan.Fit(Source(2, () => throw new IOException("gone")), new FitOptions { Iterations = 9 });

        fit.Should().Throw<IOException>().WithMessage("gone");
    }

    [Fact]
    public void Fit_DataSourceThrowsAndTheDiskIsFull_ThrowsWhatTheSourceThrew()
    {
        using var gan = Build();
        gan.CreateCheckpointFile = new SmallDisk(10).Create;

        Thrown<IOException>(Source(2, () => throw new IOException("gone")), gan: gan).Should().Be("gone");

        Written().Should().BeEmpty();
        _log.Entries.Should().ContainSingle().Which.Message.Should().Be("The checkpoint of iteration 2 could not be written");
    }

    [Fact]
    public void Fit_ResumedAfterTheSourceThrew_GoesOnBitForBit()
    {
        using var unbroken = Build();
        var weights = Snapshot.Of(_generator).Parameters;
        Thrown<IOException>(Source(3, () => throw new IOException("gone")), gan: unbroken);
        var afterThree = Snapshot.Of(_generator).Parameters;
        weights.Should().NotBe(afterThree);

        unbroken.Fit(Source(2, null), new FitOptions());
        var expected = Snapshot.Of(_generator).Parameters;
        unbroken.LoadCheckpoint(_folder.Path);
        unbroken.Fit(Source(2, null), new FitOptions());

        Snapshot.Of(_generator).Parameters.Should().Be(expected);
    }

    private Gan Build() => Toy.Builder(_generator, _discriminator).WithLogger(_log).Build();

    private string Thrown<TException>(IEnumerable<Batch> batches, long interval = 1000, Func<Gan, double>? metric = null, Gan? gan = null)
        where TException : Exception
    {
        using var own = gan is null ? Build() : null;
        var checkpoints = new CheckpointOptions { Directory = _folder.Path, Interval = interval };
        checkpoints = metric is null ? checkpoints : checkpoints with { Metric = metric };

        var fit = () => (gan ?? own!).Fit(batches, new FitOptions { Iterations = 20, Checkpoints = checkpoints });

        return fit.Should().Throw<TException>().Which.Message;
    }

    private IEnumerable<Batch> Source(int good, Func<Tensor>? then)
    {
        for (var i = 0; i < good; i++)
        {
            yield return _real;
        }

        if (then is not null)
        {
            yield return then();
        }
    }

    private IEnumerable<string> Written() => _folder.Names.Where(CheckpointNames.IsDirectory);
}
