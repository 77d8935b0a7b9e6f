using AdversarialKit.Tests.Support;

namespace AdversarialKit.Tests.Golden;

/// <summary>Makes iterations step by step, and finds after each step whether it moved anything that it does not train.</summary>
internal static class GuardedSteps
{
    private const string InTheMiddle = "in the middle";

    /// <summary>One iteration.</summary>
    /// <param name="system">The system.</param>
    /// <param name="throws">Whether each step is first made with an objective that throws when all of its passes are made; nothing of that stays.</param>
    /// <param name="batches">As <see cref="AdversarialSystem.TrainStep"/> takes them.</param>
    public static IterationResult Iterate(AdversarialSystem system, bool throws, Batch[] batches)
    {
        var runs = new List<StepNumbers>();
        foreach (var step in system.Steps)
        {
            foreach (var batch in batches[^step.Plan.Repeats..])
            {
                if (throws)
                {
                    RunIntoAnException(system, step, batch);
                }

                runs.Add(Guarded(system, step, () => system.Run(step.Name, batch)));
            }
        }

        system.CompleteIteration(batches[^1].Real.shape[0]);
        return new IterationResult(system.Iteration, runs);
    }

    private static T Guarded<T>(AdversarialSystem system, CompiledStep step, Func<T> run)
    {
        var before = system.Parts.Networks.Select(network => Snapshot.Of(network.Module)).ToList();
        var result = run();
        for (var i = 0; i < before.Count; i++)
        {
            var network = system.Parts.Networks[i];
            var use = step.Uses.FirstOrDefault(candidate => candidate.Network == network);
            AssertKept(before[i], Snapshot.Of(network.Module), use, $"'{network.Role}' after the step '{step.Name}'");
        }

        return result;
    }

    private static void AssertKept(Snapshot before, Snapshot after, NetworkUse? use, string what)
    {
        after.Flags.Should().Be(before.Flags, "of {0}", what);
        after.Modes.Should().Be(before.Modes, "of {0}", what);
        if (use?.Role == NetworkRole.Trained)
        {
            return;
        }

        after.Parameters.Should().Be(before.Parameters, "of {0}", what);
        after.Gradients.Should().Be(before.Gradients, "of {0}", what);
        if (use is not { Role: NetworkRole.DrawnFrom, Mode: NetworkMode.Training })
        {
            after.Buffers.Should().Be(before.Buffers, "of {0}", what);
        }
    }

    private static void RunIntoAnException(AdversarialSystem system, CompiledStep step, Batch batch)
    {
        var weights = Guarded(system, step, () =>
        {
            var before = system.Parts.Networks.Select(network => Snapshot.Of(network.Module).Parameters).ToList();
            var states = Keep(system);
            var run = () => system.Run(step, batch, context =>
            {
                step.Plan.Objectives[0](context);
                throw new InvalidOperationException(InTheMiddle);
            });
            run.Should().Throw<InvalidOperationException>().WithMessage(InTheMiddle);
            return (Before: before, PutBack: states);
        });
        system.Parts.Networks.Select(network => Snapshot.Of(network.Module).Parameters).Should().Equal(weights.Before, "no weight moves, of whatever network");
        weights.PutBack();
    }

    // What the passes of the step that throws may move: buffers of what is trained or drawn from, pieces, random numbers.
    private static Action Keep(AdversarialSystem system)
    {
        var buffers = system.Parts.Networks.SelectMany(network => network.Module.named_buffers())
            .Select(entry => (Live: entry.buffer, Kept: entry.buffer.clone())).ToList();
        var pieces = system.Parts.Pieces.Select(piece => piece.Part).OfType<IStateful>().Select(piece => (Piece: piece, State: piece.GetState())).ToList();
        var (own, torch) = (RandomState.Capture(system.Parts.Random), RandomState.CaptureGlobal());
        return () =>
        {
            buffers.ForEach(buffer => buffer.Live.copy_(buffer.Kept));
            pieces.ForEach(piece => piece.Piece.SetState(piece.State));
            RandomState.Restore(system.Parts.Random, own);
            RandomState.RestoreGlobal(torch);
        };
    }
}
