using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>The rate of sums through the library beside that of a C program on the same MPI, in turns.</summary>
internal static class SumPairs
{
    public const int Floats = 2_000_000;
    public const int Times = 100;

    private const string Mark = "rate:";

    /// <summary>Measures both and prints them; where no compiler of this MPI is there, says so.</summary>
    /// <param name="launcher">Starts the processes.</param>
    /// <param name="pairs">How often.</param>
    public static void Run(string[] launcher, int pairs)
    {
        using var program = CompiledProgram.Of(launcher[0]);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var pair = 0; pair < pairs; pair++)
        {
            var (mine, its) = ScalingCommand.InTurns(
                pair,
                () => Rate(launcher, ScalingProcess.Command("scaling-sums")),
                () => program.Path is { } path ? Rate(launcher, [path, Text(Floats), Text(Times)]) : double.NaN);
            ours.Add(mine);
            theirs.Add(its);
        }

        Console.WriteLine(Line(ours, theirs, program.Missing));
    }

    /// <summary>What <see cref="Run"/> starts for the library.</summary>
    public static int RunRank()
    {
        NativeTorch.EnsureLoaded();
        set_num_threads(1);
        using var collective = Collective.FromEnvironment();
        var rate = Floats * sizeof(float) / ScalingRank.SecondsOfSum(collective, Floats, Times);
        if (collective.Rank == 0)
        {
            Console.Out.WriteLine($"{Mark} {Text(rate)}");
        }

        return 0;
    }

    private static string Line(List<double> ours, List<double> theirs, string? missing)
    {
        var here = string.Create(CultureInfo.InvariantCulture, $"sums of {Floats:N0} floats: {Statistics.Median(ours) / 1e9:0.00} GB/s");
        return missing is not null
            ? $"{here}; a C program's rate was not measured: {missing}"
            : string.Create(CultureInfo.InvariantCulture, $"{here}, a C program's {Statistics.Median(theirs) / 1e9:0.00} GB/s; ratio {Statistics.Median(ours.Zip(theirs, (a, b) => a / b)):0.000} (") +
                string.Join(", ", ours.Zip(theirs, (a, b) => (a / b).ToString("0.000", CultureInfo.InvariantCulture))) + ")";
    }

    private static double Rate(string[] launcher, string[] program) =>
        double.Parse(ScalingProcess.Run([.. launcher, .. program], Mark, threads: 1), CultureInfo.InvariantCulture);

    private static string Text(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
