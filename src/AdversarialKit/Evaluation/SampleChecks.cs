using System.Globalization;

namespace AdversarialKit;

/// <summary>Refuses what would give a figure without meaning, before native code sees it.</summary>
internal static class SampleChecks
{
    /// <summary>Float32 softmax over a thousand classes sums to one within 1e-5; half precision within 1e-2.</summary>
    private const double SumTolerance = 1e-2;

    public static void Features(Tensor features, long? width, string parameter)
    {
        Matrix(features, "Features", "[N, F]", parameter);
        if (width is { } expected && features.shape[1] != expected)
        {
            throw new ArgumentException(
                $"Features of width {expected} were expected, as the other set has; got {Shape(features)}. Use the same extractor for both sets.",
                parameter);
        }

        Finite(features, "features", parameter);
    }

    public static void Probabilities(Tensor probabilities, long? classes, string parameter)
    {
        Matrix(probabilities, "Class probabilities", "[N, K]", parameter);
        if (classes is { } expected && probabilities.shape[1] != expected)
        {
            throw new ArgumentException(
                $"Probabilities of {expected} classes were expected; got {Shape(probabilities)}. Use the same classifier for all samples.",
                parameter);
        }

        Finite(probabilities, "class probabilities", parameter);
        using var scope = NewDisposeScope();
        using var rows = probabilities.detach().to(ScalarType.Float64);
        var (lowest, error) = (rows.min().ToDouble(), (rows.sum(1) - 1).abs().max().ToDouble());
        if (lowest < 0 || error > SumTolerance)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Every row of class probabilities must be at least 0 and sum to 1; the lowest value is {lowest:G4} and a sum is off by {error:G4}. Apply softmax to logits first."),
                parameter);
        }
    }

    public static void AtLeast(long minimum, long count, string what, string figure)
    {
        if (count < minimum)
        {
            throw new InvalidOperationException(
                $"The {figure} needs at least {minimum} {what}; {count} were given. Call Update with more samples before Compute.");
        }
    }

    public static void Rows(Tensor samples, long minimum, string figure, string parameter)
    {
        if (samples.shape[0] < minimum)
        {
            throw new ArgumentException(
                $"The {figure} needs at least {minimum} reference samples; got {Shape(samples)}. Give more of them.",
                parameter);
        }
    }

    public static string Shape(Tensor tensor) => Text.Shape(tensor);

    private static void Matrix(Tensor tensor, string what, string shape, string parameter)
    {
        ArgumentNullException.ThrowIfNull(tensor, parameter);
        if (tensor.dim() != 2 || tensor.shape[0] == 0 || tensor.shape[1] == 0 || !tensor.is_floating_point())
        {
            throw new ArgumentException(
                $"{what} must be a floating-point tensor {shape} with at least one row and one column; got {tensor.dtype} {Shape(tensor)}.",
                parameter);
        }
    }

    private static void Finite(Tensor tensor, string what, string parameter)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var bad = tensor.numel() - tensor.isfinite().sum().ToInt64();
        if (bad > 0)
        {
            throw new ArgumentException(
                $"{bad} of the {tensor.numel()} values of the {what} {Shape(tensor)} are NaN or infinite. Find out where the generator or the extractor diverged; such samples cannot be judged.",
                parameter);
        }
    }
}
