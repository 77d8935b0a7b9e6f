namespace AdversarialKit.Benchmarks;

/// <summary>The names of the contenders and what they stand for.</summary>
internal static class Contender
{
    public const string Plain = "adversarialkit";
    public const string HandWritten = "handwritten";
    public const string PyTorch = "pytorch";
    public const string Products = "products";

    public static string Title(string name) => name switch
    {
        Plain => "AdversarialKit",
        HandWritten => "hand-written TorchSharp",
        PyTorch => "eager PyTorch",
        _ => "bare products",
    };

    public static ITrainingLoop Create(string name, Workload workload) => name switch
    {
        Plain => new LibraryLoop(workload),
        HandWritten => HandWrittenLoop.Create(workload),
        Products => new ProductsLoop(workload),
        _ => throw new ArgumentException($"'{name}' is not a contender."),
    };
}
