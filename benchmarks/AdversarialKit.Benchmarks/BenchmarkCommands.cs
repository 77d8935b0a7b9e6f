using System.CommandLine;

namespace AdversarialKit.Benchmarks;

/// <summary>The command line.</summary>
internal static class BenchmarkCommands
{
    private static readonly Option<string[]> _workloads = new("--workload")
    {
        Description = "Recipes with their batch sizes: reference, joint, convolutional, nonsaturating, hinge, leastsquares, ragan, wgangp, rpgan, pix2pix, cyclegan, stylegan, each with a number, such as reference32.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => Workload.Defaults,
    };

    private static readonly Option<int?> _threads = new("--threads") { Description = "Threads of torch. [default: torch's choice]" };

    public static RootCommand Create() => new("Measures AdversarialKit.") { Compare(), Profile(), Memory(), Tune(), Stacked(), Judges(), Pieces(), Pictures(), DisturbOptions.Command(), DisturbOptions.Worker(), Work(), Busy(), ServingCommands.Sampler(), ServingCommands.Serve(), ScalingOptions.Command(), ScalingOptions.Rank(), ScalingOptions.SizeOne(), ScalingOptions.Sums() };

    private static Command Compare()
    {
        var seconds = new Option<double>("--seconds") { Description = "Time for each contender and workload.", DefaultValueFactory = _ => 10 };
        var folder = new Option<string>("--out") { Description = "Folder for comparison.json and comparison.svg.", DefaultValueFactory = _ => Path.Combine("runs", "benchmarks") };
        var python = new Option<string?>("--python") { Description = "A Python that has torch." };
        var optIn = new Option<bool>("--opt-in") { Description = "Run the library with bfloat16 and with shared fakes too." };
        var busy = new Option<bool>("--busy") { Description = "Measure the library alone, idle and beside one busy process per core, in turns." };
        var turns = new Option<int[]>("--turns") { Description = "With --busy: idle turns of waiting threads (GOMP_SPINCOUNT) to compare.", AllowMultipleArgumentsPerToken = true };
        var command = new Command("compare", "Compares a training step with a hand-written loop, with eager PyTorch and with the bare products.")
        {
            _workloads, seconds, _threads, folder, python, optIn, busy, turns,
        };
        command.SetAction(result => CompareCommand.Run(new CompareOptions(
            Array.ConvertAll(result.GetValue(_workloads)!, Workload.Parse),
            result.GetValue(seconds),
            result.GetValue(_threads),
            result.GetValue(folder)!,
            result.GetValue(python))
        { OptIn = result.GetValue(optIn), Busy = result.GetValue(busy), Turns = result.GetValue(turns) ?? [] }));
        return command;
    }

    private static Command Profile()
    {
        var seconds = new Option<double>("--seconds") { Description = "Time for each workload.", DefaultValueFactory = _ => 5 };
        var workloads = new Option<string[]>("--workload")
        {
            Description = "Recipes with their batch sizes: reference, joint, convolutional.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => ["reference32", "reference128", "reference512", "convolutional64"],
        };
        var command = new Command("profile", "Prints where an iteration's time goes.") { workloads, seconds, _threads };
        command.SetAction(result => ProfileCommand.Run(
            Array.ConvertAll(result.GetValue(workloads)!, Workload.Parse), result.GetValue(seconds), result.GetValue(_threads)));
        return command;
    }

    private static Command Memory()
    {
        var iterations = new Option<int>("--iterations") { Description = "How long.", DefaultValueFactory = _ => 20_000 };
        var workload = new Option<string>("--workload") { Description = "What is trained.", DefaultValueFactory = _ => "reference32" };
        var command = new Command("memory", "Trains and prints live tensors and resident memory on the way.") { workload, iterations, _threads };
        command.SetAction(result => MemoryCommand.Run(
            Workload.Parse(result.GetValue(workload)!), result.GetValue(iterations), result.GetValue(_threads)));
        return command;
    }

    private static Command Tune()
    {
        var command = new Command("tune", "Applies TorchTuning and prints what it did and measured.") { _threads };
        command.SetAction(result => TuneCommand.Run(result.GetValue(_threads)));
        return command;
    }

    private static Command Stacked()
    {
        const string Both = "both";
        var usual = new StackedOptions();
        var data = new Option<string?>("--data") { Description = "Folder with MNIST's files. [default: the cache, or drawn digits]" };
        var iterations = new Option<int>("--iterations") { Description = "Generator updates of each loss.", DefaultValueFactory = _ => usual.Iterations };
        var seed = new Option<long>("--seed") { Description = "Of weights, latents and batches.", DefaultValueFactory = _ => usual.Seed };
        var folder = new Option<string>("--out") { Description = "Folder for stacked.json and the sheets.", DefaultValueFactory = _ => usual.OutputFolder };
        var loss = new Option<string>("--loss") { Description = "What is trained.", DefaultValueFactory = _ => Both };
        loss.AcceptOnlyFromAmong(["rpgan", "nonsaturating", Both]);
        var command = new Command("stacked", "Compares losses by the modes that they find in Stacked MNIST.") { data, iterations, seed, loss, folder, _threads };
        command.SetAction(result => StackedCommand.Run(usual with
        {
            DataFolder = result.GetValue(data),
            Iterations = result.GetValue(iterations),
            Seed = result.GetValue(seed),
            Threads = result.GetValue(_threads),
            OutputFolder = result.GetValue(folder)!,
            Losses = result.GetValue(loss) == Both ? usual.Losses : [Enum.Parse<StackedLoss>(result.GetValue(loss)!, ignoreCase: true)],
        }));
        return command;
    }

    private static Command Judges()
    {
        var data = new Option<string?>("--data") { Description = "Folder with MNIST's files. [default: the cache, or drawn digits]" };
        var iterations = new Option<int>("--iterations") { Description = "How long the GAN is trained.", DefaultValueFactory = _ => 10_000 };
        var samples = new Option<int>("--samples") { Description = "Samples that are judged at each of ten points.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("judges", "Compares a judge that learned classes with one that learned without labels.") { data, iterations, samples, _threads };
        command.SetAction(result => JudgesCommand.Run(
            result.GetValue(data), result.GetValue(iterations), result.GetValue(samples), result.GetValue(_threads)));
        return command;
    }

    private static Command Pieces()
    {
        var folder = new Option<string>("--out") { Description = "Folder for the tables.", DefaultValueFactory = _ => Path.Combine("runs", "pieces") };
        var command = new Command("pieces", "Measures the small pieces of an iteration with BenchmarkDotNet, on one thread.") { folder };
        command.SetAction(result => PiecesCommand.Run(result.GetValue(folder)!));
        return command;
    }

    // What compare --busy starts beside them.
    private static Command Busy()
    {
        var command = new Command("busy") { Hidden = true };
        command.SetAction(_ => BusyNeighbour.Run());
        return command;
    }

    private static Command Pictures()
    {
        var count = new Option<int>("--count") { Description = "How many files are drawn and read.", DefaultValueFactory = _ => 2_000 };
        var iterations = new Option<int>("--iterations") { Description = "How long each training is.", DefaultValueFactory = _ => 200 };
        var command = new Command("pictures", "Compares reading a folder of pictures with the bare library, and training from it with training from memory.")
        {
            count, iterations, _threads,
        };
        command.SetAction(result => PicturesCommand.Run(result.GetValue(count), result.GetValue(iterations), result.GetValue(_threads)));
        return command;
    }

    // What compare starts its child processes with.
    private static Command Work()
    {
        var contender = new Argument<string>("contender");
        var workload = new Argument<string>("workload");
        var threads = new Argument<int>("threads");
        var command = new Command("worker") { contender, workload, threads };
        command.Hidden = true;
        command.SetAction(result => Worker.Run(
            result.GetValue(contender)!, Workload.Parse(result.GetValue(workload)!), result.GetValue(threads)));
        return command;
    }
}
