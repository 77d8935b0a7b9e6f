namespace AdversarialKit.Benchmarks;

/// <summary>The names of the contenders and what they stand for.</summary>
internal static class Contender
{
    public const string Tuned = "adversarialkit-tuned";
    public const string Plain = "adversarialkit";
    public const string BFloat16 = "adversarialkit-bfloat16";
    public const string SharedFakes = "adversarialkit-shared";
    public const string Spinning = "adversarialkit-spinning";
    public const string Chosen = "adversarialkit-chosen";
    public const string HandWritten = "handwritten";
    public const string PyTorch = "pytorch";
    public const string Products = "products";
    public const string TunedProducts = "products-tuned";

    /// <summary>The library with levers that change what is computed.</summary>
    public static string[] OptIn { get; } = [BFloat16, SharedFakes];

    /// <summary>Whether it runs after <see cref="TorchTuning.Apply"/>.</summary>
    public static bool IsTuned(string name) => name is Tuned or Spinning or Chosen or BFloat16 or SharedFakes or TunedProducts;

    /// <summary>The bare products by the same route.</summary>
    public static string ProductsOf(string name) => IsTuned(name) ? TunedProducts : Products;

    public static string Title(string name) => name switch
    {
        Tuned => "AdversarialKit, tuned",
        Plain => "AdversarialKit",
        Spinning => "AdversarialKit, tuned, threads spin",
        Chosen => "AdversarialKit, tuned, threads chosen by the step",
        BFloat16 => "AdversarialKit, tuned, bfloat16",
        SharedFakes => "AdversarialKit, tuned, shared fakes",
        HandWritten => "hand-written TorchSharp",
        PyTorch => "eager PyTorch",
        Products => "bare products",
        _ => "bare products, tuned",
    };

    public static ITrainingLoop Create(string name, Workload workload) => name switch
    {
        Tuned or Plain or Spinning when workload.IsFamily => FamilyLoop.Library(workload),
        HandWritten when workload.IsFamily => FamilyLoop.ByHand(workload),
        Tuned or Plain or Spinning or Chosen => new LibraryLoop(workload),
        BFloat16 => new LibraryLoop(workload with { ComputesInBFloat16 = true }),
        SharedFakes => new LibraryLoop(workload with { SharesFakes = true }),
        HandWritten => HandWrittenLoop.Create(workload),
        Products or TunedProducts => new ProductsLoop(workload),
        _ => throw new ArgumentException($"'{name}' is not a contender."),
    };
}
