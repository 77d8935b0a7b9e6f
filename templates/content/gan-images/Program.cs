// Learns from a folder of pictures and writes sheets of new ones:
//   dotnet run -c Release -- [FOLDER] [MINUTES]
// Without the folder (default: "pictures") it learns to draw digits. Run it again to go on where it stopped.

using System.Globalization;
using AdversarialKit;
using GanImages;
using TorchSharp;
using static TorchSharp.torch;

var folder = args.Length > 0 ? args[0] : "pictures";
var minutes = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 10;

using var tuning = TorchTuning.Apply();  // allocator, products and threads as this machine does them best
NativeTorch.EnsureLoaded();
random.manual_seed(1);  // the initial weights

var hasPictures = Directory.Exists(folder);
var (size, channels) = hasPictures ? (32, 3) : (28, 1);
using var digits = hasPictures ? null : ImageDataSets.DrawnDigits(20_000);
IBatchSource batches = hasPictures
    ? ImageBatches.FromImageFolder(folder, batchSize: 32, new ImageFolderOptions { Width = size, Height = size, Channels = channels, Flip = true })
    : digits!.ToBatches(batchSize: 32);
using var source = (IDisposable)batches;
Console.WriteLine(hasPictures ? $"Learning from the pictures in {Path.GetFullPath(folder)}." : $"There is no folder {Path.GetFullPath(folder)}: learning from drawn digits.");

using var generator = Networks.Generator(size, channels);
using var discriminator = Networks.Discriminator(size, channels);
using var gan = new GanBuilder()
    .WithGenerator(generator)
    .WithDiscriminator(discriminator)
    .WithLatent(Latent.Normal(Networks.LatentSize))
    .WithPreset(Preset.R3Gan(gamma: 0.3, interval: 8, learningRate: 1e-3))
    .WithFakes(FakeMode.Shared)
    .WithSeed(42)
    .Build();

// Pictures and digits are of different sizes: each kind has a run of its own.
var run = Path.Combine("run", hasPictures ? "pictures" : "digits");
var checkpoints = Path.Combine(run, "checkpoints");
if (File.Exists(Path.Combine(checkpoints, "latest")))
{
    gan.LoadCheckpoint(checkpoints, fallBack: true, batches);
    Console.WriteLine($"Going on at iteration {gan.Iteration}.");
}

// Ctrl-C ends the run as its time does: with a checkpoint.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};

using var sheets = new ImageSheetLog(Path.Combine(run, "sheets"), new ImageSheetLogOptions { Interval = 250, Samples = 64 });
var result = gan.Fit(
    batches,
    new FitOptions
    {
        TimeLimit = TimeSpan.FromMinutes(minutes),
        Callbacks = [sheets, new ProgressLines()],
        Checkpoints = new CheckpointOptions { Directory = checkpoints },
    },
    stop.Token);
Console.WriteLine(result.Message);

using var samples = gan.Sample(100);
ImageSheet.Draw(samples).Save(Path.Combine(run, "samples.png"));
Console.WriteLine($"A sheet of samples: {Path.GetFullPath(Path.Combine(run, "samples.png"))}");
