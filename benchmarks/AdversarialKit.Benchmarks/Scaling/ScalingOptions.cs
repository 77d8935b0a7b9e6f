using System.CommandLine;

namespace AdversarialKit.Benchmarks;

/// <summary>The commands of several processes.</summary>
internal static class ScalingOptions
{
    public static Command Command()
    {
        var seconds = new Option<double>("--seconds") { Description = "Time for each process of each pair.", DefaultValueFactory = _ => 5 };
        var rounds = new Option<int>("--pairs") { Description = "Pairs for each workload.", DefaultValueFactory = _ => 3 };
        var launcher = new Option<string>("--launcher") { Description = "Starts two processes.", DefaultValueFactory = _ => "mpirun.openmpi --oversubscribe --bind-to none -n 2" };
        var style = new Option<double>("--style-seconds") { Description = "An iteration of a network of StyleGAN2's size on a rank: an assumption, it is not measured.", DefaultValueFactory = _ => 0.25 };
        var command = new Command("scaling", "Measures two processes against one, and prints the efficiency to expect of 2 to 1,024.") { seconds, rounds, launcher, style };
        command.SetAction(result => ScalingCommand.Run(result.GetValue(seconds), result.GetValue(rounds), result.GetValue(launcher)!, result.GetValue(style)));
        return command;
    }

    // What scaling starts.
    public static Command Rank()
    {
        var workload = new Argument<string>("workload");
        var seconds = new Argument<double>("seconds");
        var threads = new Argument<int>("threads");
        var command = new Command("scaling-rank") { workload, seconds, threads };
        command.Hidden = true;
        command.SetAction(result => ScalingRank.Run(Workload.Parse(result.GetValue(workload)!), result.GetValue(seconds), result.GetValue(threads)));
        return command;
    }

    public static Command SizeOne()
    {
        var workload = new Argument<string>("workload");
        var seconds = new Argument<double>("seconds");
        var command = new Command("scaling-one") { workload, seconds };
        command.Hidden = true;
        command.SetAction(result => AdversarialKit.Benchmarks.SizeOne.Run(Workload.Parse(result.GetValue(workload)!), result.GetValue(seconds)));
        return command;
    }

    public static Command Sums()
    {
        var command = new Command("scaling-sums") { Hidden = true };
        command.SetAction(_ => SumPairs.RunRank());
        return command;
    }
}
