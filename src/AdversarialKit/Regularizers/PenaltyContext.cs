namespace AdversarialKit;

/// <summary>What a discriminator step offers to a penalty: its batches, its logits, input gradients and randomness.</summary>
/// <remarks>
/// One context serves all penalties of a step. Rows keep their order everywhere: row i of <see cref="Real"/>, of its logits
/// and of its gradient belong together, and a conditional discriminator gives row i of any points the condition of row i.
/// Tensors that properties return belong to the context; what methods return belongs to the caller.
/// </remarks>
public sealed class PenaltyContext : IDisposable
{
    private readonly Func<Tensor, Tensor> _discriminator;
    private readonly Generator _random;
    private Tensor? _realGradient;
    private Tensor? _fakeGradient;

    /// <summary>A context for a penalty outside of a GAN: for a step of your own, or to test a penalty of your own.</summary>
    /// <param name="discriminator">Maps points to the discriminator's outputs, for <see cref="GradientAt"/>.</param>
    /// <param name="random">What the penalty draws from; remains the caller's.</param>
    public PenaltyContext(Func<Tensor, Tensor> discriminator, Generator random)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(random);
        _discriminator = discriminator;
        _random = random;
    }

    /// <summary>The real batch <c>[N, ...]</c>, before augmentation: gradients with respect to it flow through the augmentation.</summary>
    public required Tensor Real { get; init; }

    /// <summary>The fakes <c>[N, ...]</c>, before augmentation and without a graph to the generator.</summary>
    public required Tensor Fake { get; init; }

    /// <summary>The discriminator's outputs on <see cref="Real"/>.</summary>
    public required Tensor RealLogits { get; init; }

    /// <summary>The discriminator's outputs on <see cref="Fake"/>.</summary>
    public required Tensor FakeLogits { get; init; }

    /// <summary>Which part of the step's batch this is, under gradient accumulation.</summary>
    internal StepPart Part { get; init; } = StepPart.Whole;

    /// <summary>
    /// The gradient of the discriminator's output at <see cref="Real"/>, shaped as it, connected to the parameters, from
    /// the step's own forward pass: row i is the gradient of the sum of sample i's logits.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// No due penalty announced <see cref="InputGradients.Real"/>, or the output has no graph to the input or the parameters.
    /// </exception>
    public Tensor RealGradient => _realGradient ?? Prepared(nameof(RealGradient), Real, "Real", ref _realGradient);

    /// <summary>The same at <see cref="Fake"/>.</summary>
    /// <exception cref="InvalidOperationException">
    /// No due penalty announced <see cref="InputGradients.Fake"/>, or the output has no graph to the input or the parameters.
    /// </exception>
    public Tensor FakeGradient => _fakeGradient ?? Prepared(nameof(FakeGradient), Fake, "Fake", ref _fakeGradient);

    /// <summary>
    /// The gradient of the discriminator's output at points of the caller's choice, by a forward pass of its own.
    /// </summary>
    /// <param name="points">
    /// A batch shaped as <see cref="Real"/>, of a floating type; need not require gradients, and its own graph is cut.
    /// </param>
    /// <returns>The gradient, shaped as <paramref name="points"/>, connected to the discriminator's parameters.</returns>
    /// <exception cref="ArgumentException"><paramref name="points"/> is not of a floating type.</exception>
    /// <exception cref="InvalidOperationException">
    /// The discriminator's output has no graph to its input, or the gradient none to a parameter.
    /// </exception>
    public Tensor GradientAt(Tensor points)
    {
        using var scope = NewDisposeScope();
        var leaf = DiscriminatorGradient.Leaf(points);
        return DiscriminatorGradient.Of([_discriminator(leaf)], [leaf])[0].MoveToOuterDisposeScope();
    }

    /// <summary>Draws from the uniform distribution on [0, 1) with the GAN's own generator of randomness.</summary>
    /// <param name="shape">The shape of the result.</param>
    /// <returns>A tensor of the type and on the device of <see cref="Real"/>.</returns>
    public Tensor RandomUniform(params long[] shape) => RandomTensors.Uniform(shape, _random, Real.dtype, Real.device);

    /// <summary>Draws from the standard normal distribution with the GAN's own generator of randomness.</summary>
    /// <param name="shape">The shape of the result.</param>
    /// <returns>A tensor of the type and on the device of <see cref="Real"/>.</returns>
    public Tensor RandomNormal(params long[] shape) => RandomTensors.Normal(shape, _random, Real.dtype, Real.device);

    /// <summary>Computes a penalty by forward passes of its own, which record the input gradients that it asks for.</summary>
    internal static Tensor Compute(IDiscriminatorPenalty penalty, Func<Tensor, Tensor> discriminator, Tensor real, Tensor fake, Generator random, StepPart part)
    {
        real = penalty.Needs.HasFlag(InputGradients.Real) ? DiscriminatorGradient.Leaf(real) : real;
        fake = penalty.Needs.HasFlag(InputGradients.Fake) ? DiscriminatorGradient.Leaf(fake) : fake.detach();
        using var context = new PenaltyContext(discriminator, random)
        {
            Real = real,
            Fake = fake,
            RealLogits = discriminator(real),
            FakeLogits = discriminator(fake),
            Part = part,
        };
        return penalty.Compute(context);
    }

    /// <summary>Frees the gradients; batches and logits remain the step's.</summary>
    void IDisposable.Dispose()
    {
        _realGradient?.Dispose();
        _fakeGradient?.Dispose();
        (_realGradient, _fakeGradient) = (null, null);
    }

    private Tensor Prepared(string property, Tensor batch, string need, ref Tensor? gradient)
    {
        if (!batch.requires_grad)
        {
            throw new InvalidOperationException(
                $"{property} was not prepared in this step, because no due penalty asked for it. Return InputGradients.{need} from the penalty's Needs, or call GradientAt({need}), which runs a forward pass of its own.");
        }

        ComputePrepared();
        return gradient!;
    }

    // R1 and R2 together ask for both gradients: one backward pass through the graph gives them at once.
    private void ComputePrepared()
    {
        using var scope = NewDisposeScope();
        var parts = new[] { (Batch: Real, Logits: RealLogits), (Batch: Fake, Logits: FakeLogits) }
            .Where(part => part.Batch.requires_grad)
            .ToArray();
        var gradients = DiscriminatorGradient.Of(
            [.. parts.Select(part => part.Logits)], [.. parts.Select(part => part.Batch)]);

        // Out of every scope: the first penalty that reads them must not take them along when its own scope ends.
        var next = 0;
        _realGradient = Real.requires_grad ? gradients[next++].DetachFromDisposeScope() : null;
        _fakeGradient = Fake.requires_grad ? gradients[next].DetachFromDisposeScope() : null;
    }
}
