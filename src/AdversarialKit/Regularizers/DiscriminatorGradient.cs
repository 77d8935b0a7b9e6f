namespace AdversarialKit;

/// <summary>
/// The gradient of a discriminator's output with respect to its input, itself differentiable. The only place that calls
/// <c>autograd.grad</c>: any error inside that function ends the process, so everything that can be wrong is checked before.
/// </summary>
internal static class DiscriminatorGradient
{
    private const string NoGraph =
        "The discriminator's output does not depend on its input through a graph, so the gradient that a penalty needs does not exist. "
        + "Let the discriminator compute its output from its input by differentiable operations, without detach(), no_grad() or rounding.";

    private const string NotTrainable =
        "The gradient of the discriminator's output with respect to its input does not depend on any parameter through a graph, so a penalty on it would train nothing. "
        + "Let the discriminator's parameters require gradients, and use layers whose gradient can be differentiated again.";

    /// <summary>The gradient of the sum of all <paramref name="outputs"/>, one per input.</summary>
    /// <returns>The gradients, in the current dispose scope.</returns>
    public static Tensor[] Of(Tensor[] outputs, Tensor[] inputs)
    {
        var total = Sum(outputs, inputs);
        var gradients = autograd.grad(
            [total], inputs, create_graph: true, retain_graph: true, allow_unused: true);

        foreach (var gradient in gradients)
        {
            if (gradient is null || gradient.IsInvalid)
            {
                throw new InvalidOperationException(NoGraph);
            }

            if (!gradient.requires_grad)
            {
                throw new InvalidOperationException(NotTrainable);
            }
        }

        return [.. gradients];
    }

    /// <summary>
    /// Runs forward and backward once by the route that reports errors as exceptions, so that what the checks before
    /// <see cref="Of"/> cannot see, such as a tensor changed in place, is told at <c>Build()</c>.
    /// </summary>
    public static void Probe(Func<Tensor, Tensor> discriminator, Tensor points)
    {
        using var scope = NewDisposeScope();
        var leaf = Leaf(points);
        var total = Sum([discriminator(leaf)], [leaf]);
        try
        {
            autograd.backward([total], inputs: [leaf]);
        }
        catch (System.Runtime.InteropServices.ExternalException error)
        {
            throw new InvalidOperationException(
                $"The gradient of the discriminator's output with respect to its input cannot be computed: {Text.FirstLine(error)} Let the discriminator's layers leave their inputs unchanged, or train without a gradient penalty.",
                error);
        }

        using var gradient = leaf.grad;
        if (gradient is null)
        {
            throw new InvalidOperationException(NoGraph);
        }
    }

    /// <summary>The points as a leaf that records, so that nothing of the caller's is marked.</summary>
    public static Tensor Leaf(Tensor points)
    {
        RequireFloating(points);
        return points.detach().requires_grad_(true);
    }

    public static void RequireFloating(Tensor points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (!points.is_floating_point())
        {
            throw new ArgumentException(
                $"A gradient penalty needs points of a floating type, but got {points.dtype} of shape {Text.Shape(points)}. Convert the samples first, for instance with to(ScalarType.Float32).",
                nameof(points));
        }
    }

    private static Tensor Sum(Tensor[] outputs, Tensor[] inputs)
    {
        if (!Array.TrueForAll(outputs, output => output.requires_grad)
            || !Array.TrueForAll(inputs, input => input.requires_grad))
        {
            throw new InvalidOperationException(NoGraph);
        }

        return outputs.Select(output => output.sum()).Aggregate((left, right) => left + right);
    }
}
