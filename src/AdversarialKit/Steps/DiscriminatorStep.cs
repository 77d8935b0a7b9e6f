namespace AdversarialKit;

/// <summary>The compiled step that sees the discriminator and may move it, and it alone.</summary>
internal sealed class DiscriminatorStep(GanParts parts)
{
    private readonly FakeSource _fakes = new(parts);
    private readonly Network _discriminator = parts.Discriminator;
    private readonly Objective _objective = parts.Objective;

    // One pass over twice the batch reads every weight once and has one product where two passes have two to add up.
    private readonly bool _judgesTogether = BatchDependence.IsKnownAbsent(parts.Discriminator.Module);

    /// <summary>Steps made so far; penalties with an interval go by it.</summary>
    public long Steps { get; set; }

    /// <summary>Makes one step.</summary>
    /// <param name="batch">The real batch, checked.</param>
    /// <param name="iteration">Completed iterations.</param>
    /// <param name="shared">Fakes that the generator step is to see too, or null to make some.</param>
    /// <returns>What was measured, still on the device: see <see cref="DiscriminatorMeasures"/>.</returns>
    public Tensor Run(Batch batch, long iteration, MadeFakes? shared = null)
    {
        using var scope = NewDisposeScope();
        var made = shared ?? _fakes.Make(batch);
        var slice = new StepSlice(batch.Real, batch.Condition, made.Latents, 1);
        var fakes = made.Images.detach();
        using var recording = _discriminator.RecordTrainable();
        using var mode = _discriminator.InMode(training: true);
        var augmentation = new AugmentationContext(parts.Random, iteration);
        var measured = parts.Update == DiscriminatorUpdate.Separate
            ? UpdateTwice(slice, fakes, augmentation)
            : UpdateOnce(slice, fakes, augmentation);
        ClipWeights();
        Steps++;
        return measured.MoveToOuterDisposeScope();
    }

    private Tensor UpdateOnce(StepSlice whole, Tensor fakes, AugmentationContext augmentation)
    {
        var due = parts.Penalties.Where(p => p.IsDue(Steps)).ToList();
        _discriminator.ClearGradients();
        Tensor? measured = null;
        var start = 0L;
        foreach (var slice in whole.Split(parts.MicroBatches))
        {
            var count = slice.Real.size(0);
            var own = Accumulate(slice, fakes.narrow(0, start, count), due, augmentation, StepPart.Of(start, count, whole.Real.size(0)));
            measured = measured is null ? own : measured + own;
            start += count;
        }

        return cat([measured!, Scalars.Stack(StepOptimizer())]);
    }

    private Tensor Accumulate(StepSlice slice, Tensor fake, List<PenaltyTerm> due, AugmentationContext augmentation, StepPart part)
    {
        var needs = due.Aggregate(InputGradients.None, (all, p) => all | p.Penalty.Needs);
        var real = needs.HasFlag(InputGradients.Real) ? DiscriminatorGradient.Leaf(slice.Real) : slice.Real;
        fake = needs.HasFlag(InputGradients.Fake) ? DiscriminatorGradient.Leaf(fake) : fake;

        var (onReal, onFake) = JudgeBoth(real, fake, slice.Condition, augmentation);
        var terms = _objective.Discriminator(onReal.Output, onFake.Output);
        var loss = parts.Update == DiscriminatorUpdate.JointMean ? terms.Sum / 2 : terms.Sum;
        var auxiliary = parts.Auxiliary?.Discriminator(onReal.Auxiliary!, onFake.Auxiliary!, slice);
        using var context = new PenaltyContext(points => Judge(points, slice.Condition, augmentation).Output, parts.Random)
        {
            Real = real,
            Fake = fake,
            RealLogits = onReal.Output,
            FakeLogits = onFake.Output,
            Part = part,
        };
        var penalty = Sum(due.Select(term => term.Weighted(context)));
        var total = Sum(new[] { loss, auxiliary, penalty }.OfType<Tensor>())!;
        autograd.backward([slice.Share == 1 ? total : total * slice.Share], inputs: _discriminator.Trainable);
        return new DiscriminatorMeasures(total, terms.Real, terms.Fake, penalty, auxiliary)
            .With(_objective, onReal.Output, onFake.Output).Stack(slice.Share);
    }

    private Tensor UpdateTwice(StepSlice slice, Tensor fakes, AugmentationContext augmentation)
    {
        _discriminator.ClearGradients();
        var onReal = Judge(slice.Real, slice.Condition, augmentation).Output;
        var realLoss = _objective.DiscriminatorReal(onReal);
        realLoss.backward();
        StepOptimizer();

        _discriminator.ClearGradients();
        var onFake = Judge(fakes, slice.Condition, augmentation).Output;
        var fakeLoss = _objective.DiscriminatorFake(onFake);
        fakeLoss.backward();
        var norm = StepOptimizer();

        var measured = new DiscriminatorMeasures((realLoss + fakeLoss) / 2, realLoss, fakeLoss, null, null)
            .With(_objective, onReal, onFake).Stack(1);
        return cat([measured, Scalars.Stack(norm)]);
    }

    private (NetworkOutput Real, NetworkOutput Fake) JudgeBoth(
        Tensor real, Tensor fake, Tensor? condition, AugmentationContext augmentation)
    {
        if (!_judgesTogether)
        {
            return (Judge(real, condition, augmentation), Judge(fake, condition, augmentation));
        }

        // A network of nothing but known layers takes one input and has one output.
        var both = _discriminator.Forward(cat([Augment(real, augmentation), Augment(fake, augmentation)]), null).Output;
        var halves = both.split(real.size(0));
        return (new NetworkOutput(halves[0]), new NetworkOutput(halves[1]));
    }

    private NetworkOutput Judge(Tensor images, Tensor? condition, AugmentationContext augmentation) =>
        _discriminator.Forward(Augment(images, augmentation), condition);

    private Tensor Augment(Tensor images, AugmentationContext augmentation) =>
        parts.Augmentation?.Augment(images, augmentation) ?? images;

    private Tensor StepOptimizer()
    {
        var norm = parts.Clipping?.Apply(_discriminator.Trainable) ?? parts.MeasureNorm(_discriminator);
        parts.DiscriminatorOptimizer.step();
        return norm;
    }

    // Arjovsky et al. 2017, algorithm 1, line 7: after each update of the critic.
    private void ClipWeights()
    {
        if (parts.WeightLimit is { } limit)
        {
            using var noGraph = no_grad();
            foreach (var parameter in _discriminator.Trainable)
            {
                parameter.clamp_(-limit, limit);
            }
        }
    }

    private static Tensor? Sum(IEnumerable<Tensor> terms)
    {
        Tensor? sum = null;
        foreach (var term in terms)
        {
            sum = sum is null ? term : sum + term;
        }

        return sum;
    }
}
