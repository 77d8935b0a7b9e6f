namespace AdversarialKit;

/// <summary>What a GAN's discriminator step minimises: the loss on real samples and fakes, penalties, and the auxiliary task.</summary>
internal sealed class DiscriminatorObjective(GanParts parts)
{
    private readonly Network _discriminator = parts.Discriminator;
    private readonly Objective _objective = parts.Objective;

    // One pass over twice the batch reads every weight once and has one product where two passes have two to add up.
    private readonly bool _judgesTogether = parts.Discriminator.TreatsSamplesAlone;

    /// <summary>The objectives of the step's updates, in order.</summary>
    public IReadOnlyList<Action<StepContext>> Updates => parts.Update == DiscriminatorUpdate.Separate ? [OnReal, OnFakes] : [OnBoth];

    private void OnBoth(StepContext context)
    {
        var due = parts.Penalties.Where(p => p.IsDue(context.StepsMade)).ToList();
        var needs = due.Aggregate(InputGradients.None, (all, p) => all | p.Penalty.Needs);
        var (real, fake) = (parts.Packing.Join(context[GanTensors.Real]), parts.Packing.Join(context[GanTensors.Fakes]));
        real = needs.HasFlag(InputGradients.Real) ? DiscriminatorGradient.Leaf(real) : real;
        fake = needs.HasFlag(InputGradients.Fake) ? DiscriminatorGradient.Leaf(fake) : fake;
        var (onReal, onFake) = JudgeBoth(real, fake, context);
        var terms = _objective.Discriminator(
            onReal.Output, onFake.Output, context.Find(GanTensors.Condition), context.Find(GanTensors.FakeCondition));
        context.AddToTotal(parts.Update == DiscriminatorUpdate.JointMean ? terms.Sum / 2 : terms.Sum);
        var auxiliary = parts.Auxiliary?.Discriminator(onReal.Auxiliary!, onFake.Auxiliary!, SliceOf(context));
        AddWhereThere(context, auxiliary);
        context.Measure(DiscriminatorMeasures.RealLoss, terms.Real ?? Scalars.NotANumber);
        context.Measure(DiscriminatorMeasures.FakeLoss, terms.Fake ?? Scalars.NotANumber);
        using var penaltyContext = new PenaltyContext(points => Judge(points, context).Output, parts.Random)
        {
            Real = real,
            Fake = fake,
            RealLogits = onReal.Output,
            FakeLogits = onFake.Output,
            Part = context.Part,
        };
        AddPenalties(context, due, penaltyContext);
        context.Measure(DiscriminatorMeasures.Auxiliary, auxiliary ?? Scalars.Zero);
        Measure(context, onReal.Output, onFake.Output);
    }

    private void OnReal(StepContext context)
    {
        var onReal = Judge(parts.Packing.Join(context[GanTensors.Real]), context).Output;
        var loss = _objective.DiscriminatorReal(onReal, context.Find(GanTensors.Condition));
        context.AddToTotal(loss);
        context.Set(DiscriminatorMeasures.RealLoss, loss);
        context.Set(DiscriminatorMeasures.RealAccuracy, onReal);
    }

    private void OnFakes(StepContext context)
    {
        var (onReal, realLoss) = (context[DiscriminatorMeasures.RealAccuracy], context[DiscriminatorMeasures.RealLoss]);
        var onFake = JudgeFake(parts.Packing.Join(context[GanTensors.Fakes]), context).Output;
        var loss = _objective.DiscriminatorFake(onFake, context.Find(GanTensors.FakeCondition));
        context.AddToTotal(loss);
        context.Measure(DiscriminatorMeasures.MeanLoss, (realLoss + loss) / 2);
        context.Measure(DiscriminatorMeasures.RealLoss, realLoss);
        context.Measure(DiscriminatorMeasures.FakeLoss, loss);
        Measure(context, onReal, onFake);
    }

    private static void AddPenalties(StepContext context, List<PenaltyTerm> due, PenaltyContext penaltyContext)
    {
        Tensor? sum = null;
        for (var i = 0; i < due.Count; i++)
        {
            var value = due[i].Penalty.Compute(penaltyContext);
            var weighted = value * due[i].WeightWhenDue;
            sum = sum is null ? weighted : sum + weighted;
            context.Measure(due[i].Name, value);
        }

        AddWhereThere(context, sum);
        context.Measure(DiscriminatorMeasures.Penalty, sum ?? Scalars.Zero);
    }

    private static void AddWhereThere(StepContext context, Tensor? term)
    {
        if (term is not null)
        {
            context.AddToTotal(term);
        }
    }

    private void Measure(StepContext context, Tensor onReal, Tensor onFake)
    {
        using var noGraph = no_grad();
        var (realAccuracy, fakeAccuracy) = _objective.Accuracies(onReal, onFake);
        context.Measure(DiscriminatorMeasures.RealAccuracy, realAccuracy);
        context.Measure(DiscriminatorMeasures.FakeAccuracy, fakeAccuracy);
        context.Measure(DiscriminatorMeasures.RealSign, _objective.RealSign(onReal));
    }

    private (NetworkOutput Real, NetworkOutput Fake) JudgeBoth(Tensor real, Tensor fake, StepContext context)
    {
        if (!_judgesTogether)
        {
            return (Judge(real, context), JudgeFake(fake, context));
        }

        // A network of nothing but known layers takes one input and has one output.
        var both = _discriminator.Forward(cat([Augment(real, context), Augment(fake, context)]), null).Output;
        var halves = both.split(real.size(0));
        return (new NetworkOutput(halves[0]), new NetworkOutput(halves[1]));
    }

    private NetworkOutput Judge(Tensor packs, StepContext context) =>
        _discriminator.Forward(Augment(packs, context), context.Find(GanTensors.Condition));

    private NetworkOutput JudgeFake(Tensor packs, StepContext context) =>
        _discriminator.Forward(Augment(packs, context), context.Find(GanTensors.FakeCondition));

    // The discriminator's input joins them again: penalties are on packs, augmentations on samples.
    private Tensor Augment(Tensor packs, StepContext context)
    {
        var samples = parts.Packing.Part(packs);
        return parts.Augmentation?.Augment(samples, context.Augmentation) ?? samples;
    }

    private static StepSlice SliceOf(StepContext context) => new(context.Find(GanTensors.Condition), context.Find(GanTensors.FakeCondition), context[GanTensors.Latents]);
}
