namespace AdversarialKit;

/// <summary>K classes and, as the last output, the fakes.</summary>
internal sealed class MultiClassHingeLoss : IClassLoss
{
    public Tensor DiscriminatorReal(Tensor real, Tensor labels) => CrammerSinger(real, labels);

    public Tensor DiscriminatorFake(Tensor fake, Tensor labels)
    {
        Check(fake, labels);
        using var last = (fake.shape[1] - 1).ToScalar();
        using var invented = full_like(labels, last);
        return Hinge(fake, invented);
    }

    public Tensor Generator(Tensor fake, Tensor labels) => CrammerSinger(fake, labels);

    public Tensor Realness(Tensor outputs)
    {
        CheckOutputs(outputs);
        using var scope = NewDisposeScope();
        var classes = outputs.shape[1] - 1;
        return (outputs.narrow(1, 0, classes).amax([1]) - outputs.select(1, classes)).MoveToOuterDisposeScope();
    }

    public override string ToString() => "multi-class hinge";

    private static Tensor CrammerSinger(Tensor outputs, Tensor labels)
    {
        Check(outputs, labels);
        return Hinge(outputs, labels);
    }

    // max(0, 1 + max over the others of c_j - c_y)
    private static Tensor Hinge(Tensor outputs, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var index = labels.unsqueeze(1);
        var own = outputs.gather(1, index).squeeze(1);
        using var least = double.NegativeInfinity.ToScalar();
        var others = outputs.scatter(1, index, full_like(index, least, outputs.dtype));
        return (1 + others.max(1).values - own).relu().mean().MoveToOuterDisposeScope();
    }

    private static void Check(Tensor outputs, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        CheckOutputs(outputs);
        ClassLabels.Check(labels, outputs.shape[0], outputs.shape[1] - 1, "The multi-class hinge loss");
    }

    private static void CheckOutputs(Tensor outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        if (outputs.dim() != 2 || outputs.shape[1] < 3)
        {
            throw new ArgumentException(
                $"The multi-class hinge loss was given outputs of shape {Text.Shape(outputs)}; it takes [N, K + 1] for at least 2 classes: one output for each and a last one for fakes. End the discriminator in K + 1 outputs.",
                nameof(outputs));
        }
    }
}
