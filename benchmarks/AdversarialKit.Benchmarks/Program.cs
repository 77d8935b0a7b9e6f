namespace AdversarialKit.Benchmarks;

internal static class Program
{
    private static int Main(string[] args) => BenchmarkCommands.Create().Parse(args).Invoke();
}
