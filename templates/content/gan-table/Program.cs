// Learns from a CSV file of numbers and writes one with new rows:
//   dotnet run -c Release -- [FILE] [ITERATIONS]
// The first line names the columns. Without the file (default: "table.csv") it learns from a table that it makes up.

using System.Globalization;
using AdversarialKit;
using GanTable;
using TorchSharp;
using static TorchSharp.torch;

var path = args.Length > 0 ? args[0] : "table.csv";
var iterations = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5_000;

NativeTorch.EnsureLoaded();
set_num_threads(1);     // these networks are too small to share
random.manual_seed(1);  // the initial weights

var table = File.Exists(path) ? Table.Read(path) : Table.MadeUp(rows: 2_000);
Console.WriteLine(File.Exists(path) ? $"{path}: {table.Rows.Length} rows, {table.Columns.Length} columns." : $"There is no {path}: learning from a table that is made up.");

// Every column gets mean 0 and deviation 1, and the samples are put back.
using var real = tensor(table.Rows.SelectMany(row => row).ToArray(), [table.Rows.Length, table.Columns.Length]);
using var means = real.mean([0]);
using var deviations = real.std(0).clamp_min(1e-6f);
using var scaled = (real - means) / deviations;

long width = table.Columns.Length;
using var generator = nn.Sequential(nn.Linear(16, 128), nn.ReLU(), nn.Linear(128, 128), nn.ReLU(), nn.Linear(128, width));
using var discriminator = nn.Sequential(nn.Linear(width, 128), nn.LeakyReLU(0.2), nn.Linear(128, 128), nn.LeakyReLU(0.2), nn.Linear(128, 1));
using var gan = new GanBuilder()
    .WithGenerator(generator)
    .WithDiscriminator(discriminator)
    .WithLatent(Latent.Normal(16))
    .WithPreset(Preset.R3Gan(gamma: 0.1, learningRate: 5e-4, halfLife: 50_000))
    .WithSeed(42)
    .Build();

using var batches = Batches.FromTensor(scaled, batchSize: Math.Min(128, table.Rows.Length));
var result = gan.Fit(batches, new FitOptions { Iterations = iterations });
Console.WriteLine(result.Message);

using var made = gan.Sample(table.Rows.Length) * deviations + means;
table.With(made).Save("samples.csv");

Console.WriteLine("column: mean and deviation of the table, and of samples.csv");
for (var i = 0; i < width; i++)
{
    using var scope = NewDisposeScope();
    var column = made.select(1, i);
    Console.WriteLine($"{table.Columns[i]}: {means[i].item<float>():G4} ± {deviations[i].item<float>():G4}, {column.mean().item<float>():G4} ± {column.std().item<float>():G4}");
}
