namespace AdversarialKit;

/// <summary>The names of a checkpoint's files.</summary>
internal static class GanGroups
{
    public const string Generator = "generator";
    public const string Discriminator = "discriminator";
    public const string Random = "random";
    public const string Average = "average";
    public const string Batches = "batches";
    public const string State = "state";

    private const string Optimizer = "optimizer-";

    /// <summary>The file of a step's optimizer.</summary>
    public static string OptimizerOf(string step) => Optimizer + step;

    public static bool IsOptimizer(string group) => group.StartsWith(Optimizer, StringComparison.Ordinal);

    /// <summary>A GAN has one average at most; those of other systems have the name of their network behind.</summary>
    public static bool IsAverage(string group) => group == Average || group.StartsWith(Average + "-", StringComparison.Ordinal);
}
