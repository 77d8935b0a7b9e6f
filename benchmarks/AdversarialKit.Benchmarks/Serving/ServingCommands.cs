using System.CommandLine;

namespace AdversarialKit.Benchmarks;

/// <summary>The command line of what serves.</summary>
internal static class ServingCommands
{
    public static Command Sampler()
    {
        var workload = new Option<string>("--workload") { Description = "Whose generator.", DefaultValueFactory = _ => "reference32" };
        var sizes = new Option<int[]>("--samples") { Description = "Samples in a request.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1, 16, 64] };
        var seconds = new Option<double>("--seconds") { Description = "Time for each way in each round.", DefaultValueFactory = _ => 1 };
        var rounds = new Option<int>("--rounds") { Description = "How often each way has its turn.", DefaultValueFactory = _ => 7 };
        var command = new Command("sampler", "Compares sixteen callers of a sampler with one thread that makes large batches.") { workload, sizes, seconds, rounds };
        command.SetAction(result => SamplerCommand.Run(new SamplerOptions(
            Workload.Parse(result.GetValue(workload)!), result.GetValue(sizes)!, result.GetValue(seconds), result.GetValue(rounds))));
        return command;
    }

    public static Command Serve()
    {
        var clients = new Option<int>("--clients") { Description = "How many ask at once.", DefaultValueFactory = _ => 64 };
        var seconds = new Option<double>("--seconds") { Description = "How long they ask.", DefaultValueFactory = _ => 60 };
        var count = new Option<int>("--count") { Description = "Digits in a request.", DefaultValueFactory = _ => 16 };
        var command = new Command("serve", "Puts samples/DigitService under load, and prints it beside what a lone client gets.") { clients, seconds, count };
        command.SetAction((result, _) => ServeCommand.Run(new ServeOptions(result.GetValue(clients), result.GetValue(seconds), result.GetValue(count))));
        return command;
    }
}
