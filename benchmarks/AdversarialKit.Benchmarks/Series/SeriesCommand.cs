using System.CommandLine;
using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>Trains the recurrent GAN of docs/families.md, prints autocorrelations and draws them.</summary>
internal static class SeriesCommand
{
    private const int Batch = 32;

    public static Command Command()
    {
        var iterations = new Option<int>("--iterations") { Description = "How long.", DefaultValueFactory = _ => 800 };
        var folder = new Option<string>("--out") { Description = "Folder for autocorrelation.svg.", DefaultValueFactory = _ => Path.Combine("runs", "series") };
        var command = new Command("series", "Trains a recurrent GAN of time series and compares autocorrelations.") { iterations, folder };
        command.SetAction(result => Run(result.GetValue(iterations), result.GetValue(folder)!));
        return command;
    }

    private static int Run(int iterations, string folder)
    {
        set_num_threads(1);
        random.manual_seed(10);
        using var scope = NewDisposeScope();
        using var generator = new RecurrentNetwork(inputs: 4, width: 24);
        using var discriminator = new RecurrentNetwork(inputs: 1, width: 24);
        using var gan = Build(generator, discriminator);
        var data = SwingSeries.Draw(4096);
        for (var i = 0; i < iterations; i++)
        {
            using var iteration = NewDisposeScope();
            gan.TrainStep(data[randint(4096, [Batch], ScalarType.Int64)]);
        }

        var (real, made) = (SwingSeries.Autocorrelation(SwingSeries.Draw(2000)), SwingSeries.Autocorrelation(gan.Sample(2000)));
        Console.WriteLine($"| moments later | {string.Join(" | ", Enumerable.Range(0, SwingSeries.Lags))} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", SwingSeries.Lags + 1))}");
        Console.WriteLine($"| real | {Row(real)} |");
        Console.WriteLine($"| generator | {Row(made)} |");
        Directory.CreateDirectory(folder);
        var chart = Path.Combine(folder, "autocorrelation.svg");
        File.WriteAllText(chart, AutocorrelationChart.Draw(real, made));
        Console.WriteLine($"Written: {chart}");
        return 0;
    }

    private static Gan Build(RecurrentNetwork generator, RecurrentNetwork discriminator) => new GanBuilder()
        .WithGenerator(generator)
        .WithDiscriminator(discriminator)
        .WithLatent(Latent.Normal(SwingSeries.Length, 4))
        .WithLoss(AdversarialLoss.RelativisticPaired())
        .WithPenalty(Penalty.R1(), weight: 0.3)
        .WithPenalty(Penalty.R2(), weight: 0.3)
        .WithOptimizers(Optimizers.Adam(3e-3, beta1: 0.5))
        .WithGeneratorAverage(Ema.Decay(0.99))
        .WithSeed(1)
        .Build();

    private static string Row(double[] values) => string.Join(" | ", values.Select(value => value.ToString("0.00", CultureInfo.InvariantCulture)));
}
