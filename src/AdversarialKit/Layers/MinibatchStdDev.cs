namespace AdversarialKit;

internal sealed class MinibatchStdDev(long groupSize, long features)
    : nn.Module<Tensor, Tensor>(nameof(MinibatchStdDev)), IBatchDependent
{
    // Under the root: the gradient of a root at 0 would be infinite for equal samples.
    internal const double Epsilon = 1e-8;

    internal long GroupSize => groupSize;

    internal long Features => features;

    public override Tensor forward(Tensor input)
    {
        var shape = input.shape;
        var group = Math.Min(groupSize, shape.Length > 0 ? shape[0] : 0);
        Check(input, group);

        using var scope = NewDisposeScope();
        // [group, groups, features, values of the share]
        var grouped = input.reshape(group, shape[0] / group, features, -1);
        var variance = (grouped - grouped.mean([0], keepdim: true)).square().mean([0]);
        var deviation = (variance + Epsilon).sqrt().mean([2]);
        var perSample = deviation.repeat(group, 1);
        var appended = shape.Length == 2
            ? perSample
            : perSample.reshape(shape[0], features, 1, 1).expand(shape[0], features, shape[2], shape[3]);
        return cat([input, appended], 1).MoveToOuterDisposeScope();
    }

    public string? NeedUnmetBy(long samples) => samples < 2 ? BatchDependence.AtLeastTwo
        : samples % Math.Min(groupSize, samples) != 0 ? $"a multiple of its group size, {groupSize}, or fewer samples than that"
        : null;

    public override string ToString() => $"MinibatchStdDev(groupSize: {groupSize}, features: {features})";

    private void Check(Tensor input, long group)
    {
        var shape = input.shape;
        if (shape.Length is not (2 or 4) || shape[0] == 0)
        {
            throw new ArgumentException(
                $"MinibatchStdDev was given an input of shape {Text.Shape(input)}; it takes [N, C] or [N, C, H, W] with N at least 1.",
                nameof(input));
        }

        if (shape[0] % group != 0)
        {
            throw new ArgumentException(
                $"MinibatchStdDev cannot split a batch of {shape[0]} into groups of {group}: "
                + "the batch size must be a multiple of 'groupSize', or smaller. Drop the last, smaller batch, or pass another group size.",
                nameof(input));
        }

        if (shape[1] % features != 0)
        {
            throw new ArgumentException(
                $"MinibatchStdDev cannot share {shape[1]} channels among {features} features: "
                + "the number of channels must be a multiple of 'features'. Pass another number of features.",
                nameof(input));
        }
    }
}
