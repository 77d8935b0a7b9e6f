using System.Globalization;

namespace AdversarialKit.Benchmarks;

/// <summary>A recipe at a batch size, named as on the command line: <c>reference32</c>.</summary>
internal sealed record Workload(Recipe Recipe, int Batch)
{
    public const int LatentSize = 100;
    public const int CriticSteps = 5;

    public static string[] Defaults { get; } =
        ["reference32", "reference128", "joint32", "joint128", "convolutional64", "wgangp64", "rpgan64"];

    public string Name => Recipe.ToString().ToLowerInvariant() + Batch.ToString(CultureInfo.InvariantCulture);

    public bool IsConvolutional => Recipe == Recipe.Convolutional;

    /// <summary>Whether its networks are of another shape than one generator and one discriminator by hand; see <see cref="FamilyLoop"/>.</summary>
    public bool IsFamily => Recipe is Recipe.Pix2Pix or Recipe.CycleGan or Recipe.StyleGan;

    /// <summary>The shape of one sample.</summary>
    public long[] SampleShape => IsConvolutional || IsFamily ? [3, 32, 32] : [1, 28, 28];

    /// <summary>Whether the library's networks compute in bfloat16; the same objective is then computed from logits.</summary>
    public bool ComputesInBFloat16 { get; init; }

    /// <summary>Whether both steps of the library learn from the same fakes.</summary>
    public bool SharesFakes { get; init; }

    public bool EndsInProbability => !ComputesInBFloat16 && (Recipe is Recipe.Reference or Recipe.Joint);

    /// <summary>Whether pytorch_reference.py knows this recipe.</summary>
    public bool HasPyTorch => !IsFamily && Recipe is not (Recipe.NonSaturating or Recipe.Hinge or Recipe.LeastSquares or Recipe.RaGan);

    public int DiscriminatorSteps => Recipe == Recipe.WganGp ? CriticSteps : 1;

    public static Workload Parse(string name)
    {
        var digits = name.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1;
        return digits > 0
            && Enum.TryParse<Recipe>(name[..digits], ignoreCase: true, out var recipe)
            && int.TryParse(name.AsSpan(digits), NumberStyles.None, CultureInfo.InvariantCulture, out var batch)
            && batch >= 2
                ? new Workload(recipe, batch)
                : throw new ArgumentException(
                    $"'{name}' is not a workload. Write a recipe ({string.Join(", ", Enum.GetNames<Recipe>()).ToLowerInvariant()}) " +
                    "and a batch size of at least 2, such as reference32.");
    }
}
