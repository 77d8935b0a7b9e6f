using System.CommandLine;

namespace AdversarialKit.Benchmarks;

/// <summary>The command line of <see cref="DisturbCommand"/>.</summary>
internal static class DisturbOptions
{
    public static Command Command()
    {
        var works = new Option<DisturbedWork[]>("--work")
        {
            Description = "What is computed.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => Enum.GetValues<DisturbedWork>(),
        };
        var disturbances = new Option<Disturbance[]>("--beside")
        {
            Description = "What other threads do.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => Enum.GetValues<Disturbance>(),
        };
        var iterations = new Option<int>("--iterations")
        {
            Description = "Of the GANs; arithmetic without scopes runs four times as often.",
            DefaultValueFactory = _ => 100_000,
        };
        var shipped = new Option<bool>("--shipped") { Description = "With TorchSharp.dll as its package ships it." };
        var cost = new Option<int>("--cost")
        {
            Description = "Instead: this many rounds of undisturbed work with both libraries, in turns, and the ratio of their processor times.",
        };
        var command = new Command("disturb", "Shows that garbage collections of other threads change no bit of a run.")
        {
            works, disturbances, iterations, shipped, cost,
        };
        command.SetAction(result => result.GetValue(cost) is > 0 and var rounds
            ? DisturbCommand.Cost(result.GetValue(works)!, result.GetValue(iterations), rounds)
            : DisturbCommand.Run(
                result.GetValue(works)!, result.GetValue(disturbances)!, result.GetValue(iterations), result.GetValue(shipped)));
        return command;
    }

    // What disturb starts its child processes with.
    public static Command Worker()
    {
        var work = new Argument<DisturbedWork>("work");
        var disturbance = new Argument<Disturbance>("disturbance");
        var iterations = new Argument<int>("iterations");
        var command = new Command("disturb-worker") { work, disturbance, iterations };
        command.Hidden = true;
        command.SetAction(result => DisturbedWorker.Run(
            result.GetValue(work), result.GetValue(disturbance), result.GetValue(iterations)));
        return command;
    }
}
