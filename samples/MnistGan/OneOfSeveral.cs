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
        options = options with { Ranks = ranks, Threads = options.Threads ?? Math.Max(1, Environment.ProcessorCount / ranks.Size), Tuning = ranks.Size == 1 && options.Tuning };
        try
        {
            return ranks.Rank == 0
                ? work(options, around)
                : work(options with { Report = false, Log = false, Export = null, Onnx = false }, around with { Output = TextWriter.Null, OutputIsTerminal = false });
        }
        catch (Exception error) when (ranks.Size > 1)
        {
            // The others would wait for this one.
            ranks.Abort(error.Message);
            throw;
        }
    }
}
