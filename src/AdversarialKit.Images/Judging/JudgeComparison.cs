namespace AdversarialKit;

/// <summary>Compares samples, other real pictures and noise with the same real pictures.</summary>
internal sealed class JudgeComparison(JudgeNetwork network, JudgeTask task, JudgeShares shares, PictureJudgeOptions options, SampleQuality quality)
{
    private const ulong NoiseSeed = 5;
    private const int CopiesAtOnce = 500;

    /// <summary>The rows of samples, given as bytes.</summary>
    public Judgement Of(Tensor samples, Tensor? labels, string name, CancellationToken token)
    {
        using var scope = NewDisposeScope();
        using var random = new Generator(NoiseSeed);
        var first = First(samples);
        var noise = randint(0, 256, first.shape, dtype: ScalarType.Byte, generator: random);
        var rows = new List<JudgementRow> { Row("real training set", First(shares.Unseen()), null, token) };
        if (options.Test is { } test)
        {
            rows.Add(Row("real test set", First(test.Images), null, token));
        }

        rows.Add(Row(name, first, labels, token));
        rows.Add(Row("noise", noise, null, token));
        return new Judgement(rows, options.Test is null ? null : Copies(first, options.Test, token));
    }

    private JudgementRow Row(string name, Tensor pictures, Tensor? asked, CancellationToken token)
    {
        using var scope = NewDisposeScope();
        var (features, probabilities) = network.Look(pictures, token);
        var work = new JudgeWork(options.Progress, $"Comparing {name} with real pictures", token);
        var report = quality.Judge(features, task.LearnsClasses ? probabilities : null, work);
        var agreement = asked is null ? (double?)null : probabilities.argmax(1).eq(First(asked).cpu()).to(ScalarType.Float64).mean().ToDouble();
        return new JudgementRow(name, report, agreement);
    }

    /// <summary>Whether pictures are nearer to the training set than the test set is, which no GAN has seen. A GAN may have copied from all of the training set.</summary>
    private MemorizationResult Copies(Tensor pictures, ImageDataSet test, CancellationToken token)
    {
        using var scope = NewDisposeScope();
        var work = new JudgeWork(options.Progress, "Looking for copies of training images", token);
        work.Report(0);
        using var check = new Memorization(network.Look(shares.Training.Images, token).Features, network.Look(test.Images, token).Features, work);
        var found = network.Look(pictures, token).Features;
        for (var start = 0L; start < found.shape[0]; start += CopiesAtOnce)
        {
            work.Report((double)start / found.shape[0]);
            using var inner = NewDisposeScope();
            check.Update(found.narrow(0, start, Math.Min(CopiesAtOnce, found.shape[0] - start)));
        }

        return check.Compute();
    }

    private Tensor First(Tensor pictures) => pictures.narrow(0, 0, Math.Min(options.MostSamples, pictures.shape[0]));
}
