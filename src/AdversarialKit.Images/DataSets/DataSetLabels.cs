namespace AdversarialKit;

/// <summary>Refuses labels that are not those of the pictures.</summary>
internal static class DataSetLabels
{
    /// <exception cref="ArgumentException">A shape or type is wrong, a label is no place in the names, or one of labels and names is missing.</exception>
    public static void Check(long images, Tensor? labels, IReadOnlyList<string>? classNames)
    {
        if (labels is null != classNames is null)
        {
            throw new ArgumentException(
                labels is null ? "There are names of classes but no labels. Give both, or neither." : "There are labels but no names of their classes. Give both, or neither.",
                labels is null ? nameof(labels) : nameof(classNames));
        }

        if (labels is null)
        {
            return;
        }

        if (labels.dtype != ScalarType.Int64 || labels.dim() != 1 || labels.shape[0] != images)
        {
            throw new ArgumentException(
                $"Labels must be Int64 [{images}], one for each picture; got {labels.dtype} [{string.Join(", ", labels.shape)}].", nameof(labels));
        }

        var (least, most) = (labels.min().ToInt64(), labels.max().ToInt64());
        if (least < 0 || most >= classNames!.Count)
        {
            throw new ArgumentException($"Labels must be 0 to {classNames!.Count - 1}, places in the names; got {least} to {most}.", nameof(labels));
        }
    }
}
