namespace AdversarialKit.Benchmarks;

/// <summary>The threads of a <see cref="Disturbance"/>, from its making to its end.</summary>
internal sealed class Disturber : IDisposable
{
    private readonly List<Thread> _threads = [];
    private volatile bool _ends;

    public Disturber(Disturbance disturbance)
    {
        if (disturbance is Disturbance.Allocation or Disturbance.Both or Disturbance.Server)
        {
            Start(Allocate);
        }

        if (disturbance is Disturbance.Collections or Disturbance.Both or Disturbance.Server)
        {
            Start(Collect);
        }
    }

    public void Dispose()
    {
        _ends = true;
        _threads.ForEach(thread => thread.Join());
    }

    private void Start(ThreadStart what)
    {
        var thread = new Thread(what) { IsBackground = true };
        thread.Start();
        _threads.Add(thread);
    }

    // As a program that serves requests: most of it dies young, some lives on for a while.
    private void Allocate()
    {
        var kept = new object[4096];
        // Unsigned: in a minute's work it comes round, and a negative length ends the process.
        for (var i = 0u; !_ends; i++)
        {
            kept[i % (uint)kept.Length] = new byte[64 + (i % 512)];
        }
    }

    private void Collect()
    {
        while (!_ends)
        {
            GC.Collect();
            Thread.Sleep(1);
        }
    }
}
