namespace AdversarialKit.Benchmarks;

/// <summary>What a child process says when it is ready.</summary>
internal sealed record WorkerHello(string Description, double FloatingPointOperations);
