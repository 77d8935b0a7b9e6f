namespace AdversarialKit;

/// <summary>The compiled step that sees the discriminator and may move it, and it alone.</summary>
internal sealed class DiscriminatorStep(GanParts parts)
{
    private readonly Network _generator = parts.Generator;
    private readonly Network _discriminator = parts.Discriminator;
    private readonly Objective _objective = parts.Objective;
    private long _steps;

    /// <summary>Makes one step.</summary>
    /// <returns>What was measured, still on the device: see <see cref="Read"/>.</returns>
    public Tensor Run(Batch batch)
    {
        _generator.ThrowIfGone();
        using var scope = NewDisposeScope();
        var fake = MakeFakes(batch);
        using var recording = _discriminator.RecordTrainable();
        using var mode = _discriminator.InMode(training: true);
        var measured = parts.Update == DiscriminatorUpdate.Separate
            ? UpdateTwice(batch, fake)
            : UpdateOnce(batch, fake);
        _steps++;
        return measured.MoveToOuterDisposeScope();
    }

    public static DiscriminatorResult Read(ReadOnlySpan<double> measured) => new()
    {
        Loss = measured[0],
        RealLoss = measured[1],
        FakeLoss = measured[2],
        Penalty = measured[3],
        RealAccuracy = measured[4],
        FakeAccuracy = measured[5],
    };

    private Tensor MakeFakes(Batch batch)
    {
        using var noGraph = no_grad();
        using var mode = _generator.InMode(parts.Fakes == FakeMode.Training);
        var latents = parts.Latents.Draw(batch.Real.shape[0], parts.Random);
        return _generator.Forward(latents, batch.Condition).Output.detach();
    }

    private Tensor UpdateOnce(Batch batch, Tensor fake)
    {
        var due = parts.Penalties.Where(p => p.IsDue(_steps)).ToList();
        var needs = due.Aggregate(InputGradients.None, (all, p) => all | p.Penalty.Needs);
        var real = needs.HasFlag(InputGradients.Real) ? batch.Real.detach().requires_grad_() : batch.Real;
        fake = needs.HasFlag(InputGradients.Fake) ? fake.requires_grad_() : fake;

        var realLogits = Judge(real, batch.Condition);
        var fakeLogits = Judge(fake, batch.Condition);
        var terms = _objective.Discriminator(realLogits, fakeLogits);
        var loss = parts.Update == DiscriminatorUpdate.JointMean ? terms.Sum / 2 : terms.Sum;
        using var context = new PenaltyContext(points => Judge(points, batch.Condition), parts.Random)
        {
            Real = real,
            Fake = fake,
            RealLogits = realLogits,
            FakeLogits = fakeLogits,
        };
        Tensor? penalty = null;
        foreach (var term in due)
        {
            var weighted = term.Weighted(context);
            penalty = penalty is null ? weighted : penalty + weighted;
        }

        loss = penalty is null ? loss : loss + penalty;
        Apply(loss);
        var (realAccuracy, fakeAccuracy) = _objective.Accuracies(realLogits, fakeLogits);
        return Scalars.Stack(loss, terms.Real, terms.Fake, penalty ?? Scalars.Zero, realAccuracy, fakeAccuracy);
    }

    private Tensor UpdateTwice(Batch batch, Tensor fake)
    {
        var realLogits = Judge(batch.Real, batch.Condition);
        var realLoss = _objective.DiscriminatorReal(realLogits);
        Apply(realLoss);

        var fakeLogits = Judge(fake, batch.Condition);
        var fakeLoss = _objective.DiscriminatorFake(fakeLogits);
        Apply(fakeLoss);

        var (realAccuracy, fakeAccuracy) = _objective.Accuracies(realLogits, fakeLogits);
        return Scalars.Stack((realLoss + fakeLoss) / 2, realLoss, fakeLoss, Scalars.Zero, realAccuracy, fakeAccuracy);
    }

    private Tensor Judge(Tensor images, Tensor? condition) => _discriminator.Forward(images, condition).Output;

    private void Apply(Tensor loss)
    {
        _discriminator.ClearGradients();
        loss.backward();
        parts.DiscriminatorOptimizer.step();
    }
}
