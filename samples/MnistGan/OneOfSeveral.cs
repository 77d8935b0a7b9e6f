using AdversarialKit;

namespace MnistGan;

/// <summary>The processes that a launcher of MPI started, where <c>--distributed</c> asks for them: the first one writes and talks for all.</summary>
internal static class OneOfSeveral
{
    /// <summary>Does this process's part of the work.</summary>
    public static int Run(Options options, Surroundings around, Func<Options, Surroundings, int> work)
    {
        if (!options.Distributed)
        {
            return work(options, around);
        }

        using var ranks = Collective.FromEnvironment();
        if (ranks.Size == 1)
        {
            return work(options, around);
        }

        options = options with { Ranks = ranks, Threads = options.Threads ?? Math.Max(1, Environment.ProcessorCount / ranks.Size), Tuning = false };
        try
        {
            return ranks.Rank == 0
                ? work(options, around)
                : work(options with { Report = false, Log = false, Export = null, Onnx = false }, around with { Output = TextWriter.Null, OutputIsTerminal = false });
        }
        catch (Exception error)
        {
            // The others would wait for this one.
            ranks.Abort(error.Message);
            throw;
        }
    }

    /// <summary>Lets the first process make what the others then find made.</summary>
    public static T AfterTheFirst<T>(ICollective? ranks, Func<T> open)
    {
        if (ranks is { Rank: > 0 })
        {
            ranks.Barrier();
            return open();
        }

        var opened = open();
        ranks?.Barrier();
        return opened;
    }
}
