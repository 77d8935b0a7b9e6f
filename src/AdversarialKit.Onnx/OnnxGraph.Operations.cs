namespace AdversarialKit;

/// <content>Operations that nearly every module has.</content>
public sealed partial class OnnxGraph
{
    /// <summary>The sum of two values; shapes are broadcast.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">A value of the same type.</param>
    /// <returns>The sum.</returns>
    public OnnxValue Add(OnnxValue left, OnnxValue right) => Node("Add", [left, right]);

    /// <summary>The product of two values, element by element; shapes are broadcast.</summary>
    /// <param name="left">A value.</param>
    /// <param name="right">A value of the same type.</param>
    /// <returns>The product.</returns>
    public OnnxValue Multiply(OnnxValue left, OnnxValue right) => Node("Mul", [left, right]);

    /// <summary>Values side by side along a dimension, as <c>torch.cat</c> lays them.</summary>
    /// <param name="dimension">The dimension; negative ones count from the last.</param>
    /// <param name="values">Values that are equal in all other sizes.</param>
    /// <returns>One value.</returns>
    public OnnxValue Concat(long dimension, params OnnxValue[] values) => Node("Concat", values, new OnnxSetting("axis", dimension));

    /// <summary>The same elements in another shape.</summary>
    /// <param name="value">A value.</param>
    /// <param name="sizes">The shape: 0 keeps the size at this place, such as that of the batch, and one -1 stands for the rest.</param>
    /// <returns>The value in this shape.</returns>
    public OnnxValue Reshape(OnnxValue value, params long[] sizes) => Node("Reshape", [value, Constant(sizes)]);

    /// <summary>Class labels as vectors of which one element is 1, as <c>nn.functional.one_hot</c> makes them, but as floats.</summary>
    /// <param name="labels">Labels, Int64 [N].</param>
    /// <param name="classes">The number of classes. At least 1. Labels beyond are an error in the program that runs the file.</param>
    /// <returns>Float32 [N, <paramref name="classes"/>].</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classes"/> is below 1.</exception>
    public OnnxValue OneHot(OnnxValue labels, long classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        using var rows = eye(classes);
        return Node("Gather", [Weight("one_hot", rows), labels]);
    }

    /// <summary>The sizes of a value from one dimension on, up to but without another, Int64.</summary>
    internal OnnxValue Sizes(OnnxValue value, long from, long? to = null) =>
        Node("Shape", [value], to is { } end ? [new("start", from), new("end", end)] : [new("start", from)]);

    /// <summary>The value in a shape that is itself a value.</summary>
    internal OnnxValue ReshapeTo(OnnxValue value, OnnxValue shape) => Node("Reshape", [value, shape]);

    internal OnnxValue Transpose(OnnxValue value, params long[] order) => Node("Transpose", [value], new OnnxSetting("perm", order));

    /// <summary>
    /// Does something with [N, C, everything else], whatever the rank, so that numbers for each channel can be [C, 1].
    /// </summary>
    internal OnnxValue ByChannel(OnnxValue value, Func<OnnxValue, OnnxValue> write) =>
        ReshapeTo(write(Reshape(value, 0, 0, -1)), Sizes(value, 0));
}
