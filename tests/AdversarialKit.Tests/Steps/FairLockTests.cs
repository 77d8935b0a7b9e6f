namespace AdversarialKit.Tests.Steps;

public sealed class FairLockTests
{
    private readonly FairLock _lock = new();
    private readonly List<string> _log = [];

    [Fact]
    public void Enter_ByTheThreadThatHoldsIt_EntersAgainAndLetsGoWithTheLast()
    {
        using (_lock.Enter())
        {
            using (_lock.Enter())
            {
            }

            IsFree().Should().BeFalse();
        }

        IsFree().Should().BeTrue();
    }

    [Fact]
    public void Enter_SeveralWait_GetItInTheOrderInWhichTheyCame()
    {
        var threads = new List<Thread>();
        using (_lock.Enter())
        {
            for (var i = 0; i < 6; i++)
            {
                threads.Add(StartWaiting($"{i}"));
            }
        }

        threads.ForEach(thread => thread.Join());
        _log.Should().Equal("0", "1", "2", "3", "4", "5");
    }

    // A run does nothing but let go and take it again; with Monitor alone, a waiting thread came in after thousands of such turns.
    [Fact]
    public void Enter_ByAThreadThatLetGoJustNow_GoesBehindThoseWhoWait()
    {
        var held = _lock.Enter();
        var waiting = StartWaiting("other");

        held.Dispose();
        using (_lock.Enter())
        {
            _log.Add("again");
        }

        waiting.Join();
        _log.Should().Equal("other", "again");
    }

    [Fact]
    public void Enter_InterruptedWhileWaiting_LeavesItsPlace()
    {
        var held = _lock.Enter();
        var interrupted = StartWaiting("never");
        var next = StartWaiting("next");

        interrupted.Interrupt();
        interrupted.Join();
        held.Dispose();
        next.Join();

        _log.Should().Equal("interrupted", "next");
        IsFree().Should().BeTrue();
    }

    [Fact]
    public void Enter_EightThreads_NeverHoldItAtOnce()
    {
        var count = 0;

        var threads = Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                using var held = _lock.Enter();
                count = count + 1;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        count.Should().Be(160_000);
    }

    private bool IsFree()
    {
        var entered = false;
        var thread = new Thread(() =>
        {
            try
            {
                using var held = _lock.Enter();
                entered = true;
            }
            catch (ThreadInterruptedException)
            {
            }
        });
        thread.Start();
        if (!thread.Join(TimeSpan.FromSeconds(1)))
        {
            thread.Interrupt();
            thread.Join();
        }

        return entered;
    }

    /// <summary>Returns when the thread waits for the lock.</summary>
    private Thread StartWaiting(string name)
    {
        var thread = new Thread(() =>
        {
            try
            {
                using var held = _lock.Enter();
                _log.Add(name);
            }
            catch (ThreadInterruptedException)
            {
                _log.Add("interrupted");
            }
        });
        thread.Start();
        SpinWait.SpinUntil(() => thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin), TimeSpan.FromMinutes(1)).Should().BeTrue();
        return thread;
    }
}
