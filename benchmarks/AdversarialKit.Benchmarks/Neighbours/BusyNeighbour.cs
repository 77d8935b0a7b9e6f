namespace AdversarialKit.Benchmarks;

/// <summary>The child process that keeps a core busy: each line on its input turns that on, or off again, and is answered.</summary>
internal static class BusyNeighbour
{
    private const int CheckedEvery = 100_000;

    public static int Run()
    {
        using var isBusy = new ManualResetEventSlim();
        new Thread(() => Work(isBusy)) { IsBackground = true }.Start();
        while (Console.In.ReadLine() is not null)
        {
            if (isBusy.IsSet)
            {
                isBusy.Reset();
            }
            else
            {
                isBusy.Set();
            }

            Console.Out.WriteLine(isBusy.IsSet);
            Console.Out.Flush();
        }

        // The thread ends with the process.
        Environment.Exit(0);
        return 0;
    }

    private static void Work(ManualResetEventSlim isBusy)
    {
        var number = 1u;
        while (true)
        {
            isBusy.Wait();
            for (var i = 0; i < CheckedEvery; i++)
            {
                number = (number * 1664525) + 1013904223;
            }

            GC.KeepAlive(number);
        }
    }
}
