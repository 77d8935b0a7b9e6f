using System.Diagnostics;

namespace AdversarialKit;

/// <summary>Trains a judge: cross-entropy, Adam, a few epochs.</summary>
internal sealed class JudgeTraining(JudgeShares shares, JudgeTask task, PictureJudgeOptions options)
{
    // The judge is a measuring instrument: the same one for every run on the same data.
    private const ulong Seed = 1;

    // 2 of 28 pixels.
    private const long SidesToAShift = 14;

    /// <summary>Trains and measures; the caller owns the network.</summary>
    /// <exception cref="InvalidDataException">It stayed below <see cref="PictureJudgeOptions.LeastAccuracy"/>.</exception>
    public (JudgeNetwork Network, JudgeFacts Facts) Train(CancellationToken token)
    {
        using var random = new Generator(Seed);
        var network = new JudgeNetwork(shares.Training.Images.shape.AsSpan(1), task, random);
        try
        {
            var clock = Stopwatch.StartNew();
            Fit(network, random, token);
            var accuracy = Accuracy(network, token);
            RefuseBelow(options.LeastAccuracy, accuracy);
            var facts = new JudgeFacts(Description(), accuracy, options.Epochs, clock.Elapsed.TotalSeconds, JudgeCheck.Values(network, shares.Training));
            return (network, facts);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a judge that names too few held-out pictures rightly.</summary>
    public static void RefuseBelow(double least, double accuracy)
    {
        if (!(accuracy >= least))
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"The judge names {100 * accuracy:F2} % of the test set rightly, but must reach {100 * least:F2} % to judge others."));
        }
    }

    private string Description() => options.Description ?? FormattableString.Invariant(
        $"{shares.Training.Images.shape[0]:N0} pictures [{string.Join(", ", shares.Training.Images.shape.Skip(1))}]");

    private void Fit(JudgeNetwork network, Generator random, CancellationToken token)
    {
        using var learned = shares.LearnedPlaces();
        var count = learned.shape[0];
        var perEpoch = (count + options.BatchSize - 1) / options.BatchSize;
        var total = perEpoch * options.Epochs;
        var work = new JudgeWork(options.Progress, "Training the judge", token);
        var rate = Schedule.WarmUp(Math.Max(1, total / 10), Schedule.Cosine(total));
        using var optimizer = optim.Adam(network.Parameters.ToArray(), options.LearningRate);
        var step = 0L;
        network.Body.train();
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            using var order = randperm(count, dtype: ScalarType.Int64, generator: random);
            for (var start = 0L; start < count; start += options.BatchSize)
            {
                work.Report((double)step / total);
                optimizer.ParamGroups.First().LearningRate = options.LearningRate * rate.FactorAt(step++);
                using var scope = NewDisposeScope();
                var picked = learned.index_select(0, order.narrow(0, start, Math.Min(options.BatchSize, count - start)));
                var pictures = Shifted(shares.Training.Images.index_select(0, picked), random);
                Step(network, optimizer, task.Ask(pictures, shares.Training.Labels.index_select(0, picked)));
            }
        }

        network.Body.eval();
    }

    /// <summary>A whole batch moved alike by a pixel or two: free, and the judge learns fewer pictures by heart.</summary>
    private static Tensor Shifted(Tensor pictures, Generator random)
    {
        var most = Math.Max(1, Math.Min(pictures.shape[2], pictures.shape[3]) / SidesToAShift);
        var shift = randint(-most, most + 1, [2], dtype: ScalarType.Int64, generator: random).data<long>();
        return pictures.roll([shift[0], shift[1]], [2, 3]);
    }

    private static void Step(JudgeNetwork network, optim.Optimizer optimizer, (Tensor Pictures, Tensor Answers) question)
    {
        var logits = network.Head.call(network.Body.call(PictureBytes.ToUnitRange(question.Pictures)));
        var loss = nn.functional.cross_entropy(logits, question.Answers);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
    }

    private double Accuracy(JudgeNetwork network, CancellationToken token)
    {
        using var scope = NewDisposeScope();
        var (pictures, labels) = shares.HeldOut();
        var (asked, answers) = task.Ask(pictures, labels);
        return network.Look(asked, token).Probabilities.argmax(1).eq(answers).to(ScalarType.Float64).mean().ToDouble();
    }
}
