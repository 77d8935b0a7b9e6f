using System.Globalization;
using AdversarialKit;

namespace RingOfGaussians;

/// <summary>Trains four objectives on the ring, prints what each learned and draws it.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var iterations = 2_000;
        if (args.Length > 2 || (args.Length > 0 && !(int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out iterations) && iterations > 0)))
        {
            Console.Error.WriteLine("Usage: RingOfGaussians [iterations, from 1; default 2000] [picture; default ring.png]");
            return 2;
        }

        NativeTorch.EnsureLoaded();

        // The networks are far too small to share among threads.
        TorchSharp.torch.set_num_threads(1);
        Compare(iterations, args.Length > 1 ? args[1] : "ring.png");
        return 0;
    }

    private static void Compare(int iterations, string path)
    {
        Console.WriteLine($"{iterations} iterations on a ring of {Ring.Modes} Gaussians");
        Console.WriteLine($"{"objective",-22}{"modes",8}{"good",10}{"time",10}");
        var outcomes = new List<Outcome>();
        foreach (var objective in Objective.All)
        {
            var outcome = Experiment.Run(objective, iterations, seed: 1);
            outcomes.Add(outcome);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{outcome.Objective,-22}{outcome.Covered,6}/{Ring.Modes}{100 * outcome.Good,8:F1} %{outcome.Elapsed.TotalSeconds,8:F1} s"));
        }

        Scatter.Save(path, outcomes);
        Console.WriteLine($"Picture: {Path.GetFullPath(path)}");
    }
}
