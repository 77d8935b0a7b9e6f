namespace AdversarialKit;

/// <summary>
/// Checks labels before native code does: on a GPU, an index out of range in an embedding ends the process.
/// </summary>
internal static class ClassLabels
{
    public static void Check(Tensor labels, long batch, long classes, string layer)
    {
        if (labels.dtype != ScalarType.Int64)
        {
            throw new ArgumentException(
                $"{layer} was given labels of type {labels.dtype}; they must be Int64. Convert them with 'labels.to(ScalarType.Int64)'.",
                nameof(labels));
        }

        if (labels.dim() != 1 || labels.shape[0] != batch)
        {
            throw new ArgumentException(
                $"{layer} was given labels of shape {Text.Shape(labels)} for a batch of {batch}; they must have shape [{batch}].",
                nameof(labels));
        }

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var end = classes.ToScalar();
        var wrong = labels.lt(Constant.Zero).logical_or(labels.ge(end));
        if (wrong.any().item<bool>())
        {
            var first = labels[wrong][0].item<long>();
            throw new ArgumentOutOfRangeException(
                nameof(labels), first, $"{layer} was given the label {first}; labels must be between 0 and {classes - 1}.");
        }
    }
}
