using System.Diagnostics;
using AdversarialKit;
using TorchSharp;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>Trains a judge: cross-entropy, Adam, a few epochs.</summary>
internal sealed class JudgeTraining(JudgeSettings settings, StatusLine status)
{
    // The judge is a measuring instrument: the same one for every run, whatever --seed says.
    private const ulong Seed = 1;

    private const long LargestShift = 2;

    /// <summary>Trains on the training set and measures on the test set.</summary>
    /// <exception cref="UserErrorException">It stayed below <see cref="JudgeSettings.LeastAccuracy"/>.</exception>
    public Judge Train(JudgeData data, CancellationToken token)
    {
        using var random = new torch.Generator(Seed);
        var network = new JudgeNetwork(random);
        try
        {
            var clock = Stopwatch.StartNew();
            Fit(network, data, random, token);
            var accuracy = Accuracy(network, data.Test, token);
            RefuseBelow(settings.LeastAccuracy, accuracy);
            status.Done(FormattableString.Invariant(
                $"The judge was trained in {Wording.Span(clock.Elapsed)} and names {100 * accuracy:F2} % of the test set rightly."));
            return Judge.Of(network, new JudgeFigures(data.Training.Description, accuracy, settings.Epochs, clock.Elapsed.TotalSeconds, []));
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Refuses a judge that names too few of the test set rightly.</summary>
    public static void RefuseBelow(double least, double accuracy)
    {
        if (!(accuracy >= least))
        {
            throw new UserErrorException(FormattableString.Invariant(
                $"The judge names {100 * accuracy:F2} % of the test set rightly, but must reach {100 * least:F2} % to judge others."));
        }
    }

    private void Fit(JudgeNetwork network, JudgeData data, torch.Generator random, CancellationToken token)
    {
        using var learned = data.Learned();
        var count = learned.shape[0];
        var perEpoch = (count + settings.BatchSize - 1) / settings.BatchSize;
        var total = perEpoch * settings.Epochs;
        var rate = Schedule.WarmUp(Math.Max(1, total / 10), Schedule.Cosine(total));
        using var optimizer = optim.Adam(network.Parameters.ToArray(), settings.LearningRate);
        var step = 0L;
        for (var epoch = 0; epoch < settings.Epochs; epoch++)
        {
            using var order = randperm(count, dtype: ScalarType.Int64, generator: random);
            for (var start = 0L; start < count; start += settings.BatchSize)
            {
                token.ThrowIfCancellationRequested();
                status.Show(FormattableString.Invariant(
                    $"Training the judge, once for this machine: {100.0 * step / total:F0} % of {settings.Epochs} passes over {count:N0} images"));
                optimizer.ParamGroups.First().LearningRate = settings.LearningRate * rate.FactorAt(step++);
                using var scope = NewDisposeScope();
                var picked = learned.index_select(0, order.narrow(0, start, Math.Min(settings.BatchSize, count - start)));
                Step(network, optimizer, Shifted(data.Training.Images.index_select(0, picked), random), data.Training.Labels.index_select(0, picked));
            }
        }
    }

    /// <summary>A whole batch moved alike by a pixel or two: free, and the judge learns fewer images by heart.</summary>
    private static Tensor Shifted(Tensor images, torch.Generator random)
    {
        var shift = randint(-LargestShift, LargestShift + 1, [2], dtype: ScalarType.Int64, generator: random).data<long>();
        return images.roll([shift[0], shift[1]], [1, 2]);
    }

    private static void Step(JudgeNetwork network, optim.Optimizer optimizer, Tensor images, Tensor digits)
    {
        var logits = network.Head.call(network.Body.call(Judge.ToNetwork(images)));
        var loss = nn.functional.cross_entropy(logits, digits);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
    }

    private static double Accuracy(JudgeNetwork network, Dataset test, CancellationToken token)
    {
        using var scope = NewDisposeScope();
        using var judge = Judge.Looking(network);
        return judge.Look(test.Images, token).Probabilities.argmax(1).eq(test.Labels).to(ScalarType.Float64).mean().ToDouble();
    }
}
