using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Images;

public sealed class PictureJudgeTests : IDisposable
{
    private static readonly PictureJudgeOptions _quick = new() { Epochs = 3, BatchSize = 32 };

    private readonly PictureFolder _folder = new();
    private readonly ImageDataSet _digits = ImageDataSets.DrawnDigits(1200, seed: 11);
    private readonly ImageDataSet _test = ImageDataSets.DrawnDigits(200, seed: 12);

    private string Weights => _folder["judge.safetensors"];

    public void Dispose()
    {
        _folder.Dispose();
        _digits.Dispose();
        _test.Dispose();
    }

    [Fact]
    public void Open_Twice_TrainsOnceAndSeesTheSame()
    {
        var told = new List<JudgeProgress>();
        using var first = Open(_quick with { Progress = new Told(told) });
        var trained = told.Count;
        using var second = Open(_quick with { Progress = new Told(told) });

        using var scope = NewDisposeScope();
        told.Should().HaveCount(trained).And.OnlyContain(progress => progress.Work == "Training the judge" && progress.Share >= 0 && progress.Share < 1);
        first.Facts.Accuracy.Should().BeInRange(0.6, 1);
        second.Facts.Should().BeEquivalentTo(first.Facts);
        first.Features.Extract(_test.Images).shape.Should().Equal(200, 128);
        second.Features.Extract(_test.Images).Equals(first.Features.Extract(_test.Images)).Should().BeTrue();
        second.Classes!.Extract(_test.Images).Equals(first.Classes!.Extract(_test.Images)).Should().BeTrue();
    }

    [Fact]
    public void Extract_FloatsAndTheBytesOfThem_AreSeenAlike()
    {
        using var judge = PictureJudge.Train(_digits, _quick with { Epochs = 1 });
        using var scope = NewDisposeScope();
        var floats = _test.Images.to(ScalarType.Float32) / 127.5 - 1;

        judge.Features.Extract(floats).Equals(judge.Features.Extract(_test.Images)).Should().BeTrue();
    }

    [Fact]
    public void Train_LearningNothing_IsRefused()
    {
        FluentActions.Invoking(() => PictureJudge.Train(_digits, _quick with { Epochs = 1, LearningRate = 0, LeastAccuracy = 0.5, Test = _test })).Should().Throw<InvalidDataException>()
            .WithMessage("The judge names *.?? % of the test set rightly, but must reach 50.00 % to judge others.");
    }

    [Fact]
    public void Train_WithoutLabels_LearnsHowPicturesWereTurned()
    {
        using var bare = ImageDataSet.From(_digits.Images);
        using var judge = PictureJudge.Train(bare, _quick);
        using var scope = NewDisposeScope();
        using var real = ImageDataSets.DrawnDigits(200, seed: 13);
        var noise = randint(0, 256, [200, 1, 28, 28], dtype: ScalarType.Byte);

        judge.Classes.Should().BeNull();
        judge.Facts.Accuracy.Should().BeInRange(0.6, 1, "by chance it is a quarter");
        var found = judge.Evaluate(real.Images);
        found.Rows.Select(row => row.Name).Should().Equal("real training set", "samples", "noise");
        found.Samples.Quality.Frechet.Should().BeLessThan(found.Rows[^1].Quality.Frechet / 3);
        (found.Samples.Quality.Modes, found.Copies).Should().Be((null, null));
        judge.Invoking(j => j.EvaluateClasses(real.Images)).Should().Throw<InvalidOperationException>()
            .WithMessage("The judge has learned no classes, only how pictures were turned. Train it on data with ClassNames.");
        judge.Invoking(j => j.Evaluate(real.Images, real.Labels)).Should().Throw<ArgumentException>()
            .WithMessage("The judge has learned no classes, so labels say nothing to it. Leave them out. (Parameter 'labels')");
    }

    [Fact]
    public void Evaluate_RealDigits_StandNearTheAnchorAndFarFromNoise()
    {
        using var judge = PictureJudge.Train(_digits, _quick with { Test = _test });
        using var samples = ImageDataSets.DrawnDigits(200, seed: 13);

        var found = judge.Evaluate(samples.Images, samples.Labels, "drawn");

        found.Rows.Select(row => row.Name).Should().Equal("real training set", "real test set", "drawn", "noise");
        found.Samples.Quality.Frechet.Should().BeLessThan(found.Rows[3].Quality.Frechet / 3);
        found.Samples.Agreement.Should().BeInRange(0.5, 1);
        found.Rows[1].Agreement.Should().BeNull();
        found.Copies!.ExactCopies.Should().Be(0);
        var lines = found.ToString().Split(Environment.NewLine);
        lines[0].Should().Be("                    images   Frechet       KID   score   conf.   prec.  recall   dens.  cover.  modes  class KL");
        lines[3].Should().StartWith("drawn                  200");
        lines[5].Should().MatchRegex(@"^The judge sees the class that was asked for on \d+\.\d\d % of drawn\.$");
    }

    [Fact]
    public void Evaluate_TrainingPictures_AreToldToBeCopies()
    {
        using var judge = PictureJudge.Train(_digits, _quick with { Epochs = 1, Test = _test });
        using var copies = _digits.Images.narrow(0, 0, 200);

        var found = judge.Evaluate(copies).Copies!;

        (found.CloserShare, found.ExactCopies).Should().Be((1, 200));
    }

    [Fact]
    public void EvaluateClasses_OneClassSpoilt_IsTheOneThatIsFar()
    {
        using var judge = PictureJudge.Train(_digits, _quick);
        using var samples = ImageDataSets.DrawnDigits(600, seed: 13);
        using var scope = NewDisposeScope();
        var spoilt = where(samples.Labels.eq(3).view(-1, 1, 1, 1), samples.Images.flip(2).roll(7, 3), samples.Images);

        var figures = judge.EvaluateClasses(spoilt, samples.Labels);

        figures.Select(figure => figure.Name).Should().Equal(_digits.ClassNames);
        figures.Sum(figure => figure.Samples).Should().Be(600);
        figures.Sum(figure => figure.RealShare).Should().BeApproximately(1, 1e-9);
        figures.MaxBy(figure => figure.Frechet - figure.RealFrechet)!.Name.Should().Be("3");
        figures[3].Agreement.Should().BeLessThan(figures.Where(figure => figure.Name != "3").Average(figure => figure.Agreement!.Value));
        judge.EvaluateClasses(samples.Images).Should().OnlyContain(figure => figure.Agreement == null && figure.Warnings.Count > 0);
    }

    [Fact]
    public void FindNeighbours_OfTrainingPictures_AreThemselvesFirst()
    {
        using var judge = PictureJudge.Train(_digits, _quick with { Epochs = 1 });
        using var chosen = _digits.Images.narrow(0, 40, 3);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        using (var found = judge.FindNeighbours(chosen, 4))
        {
            found.shape.Should().Equal(3, 4);
            Enumerable.Range(0, 3).Select(i => found[i, 0].ToInt64()).Should().Equal(40, 41, 42);
        }

        var sheet = judge.DrawNeighbours(chosen, 4);
        (sheet.Width, sheet.Height).Should().Be(((5 * 30) - 2, (3 * 30) - 2));
        sheet.Pixels[..(28 * 4)].ToArray().Should().Equal(sheet.Pixels.Slice(30 * 4, 28 * 4).ToArray(), "a picture's own nearest is itself");
        DisposeScopeManager.Statistics.ThreadTotalLiveCount.Should().BeLessThanOrEqualTo(before + 5, "indexing in this test made some");
    }

    [Fact]
    public void Shares_OfAJudge_HoldNoPictureTwiceAndKeepNeighboursTogether()
    {
        var shares = new JudgeShares(_digits, new PictureJudgeOptions { Test = _test });
        using var scope = NewDisposeScope();
        var (compared, unseen, learned) = (Numbers(shares.ComparedPlaces()), Numbers(shares.UnseenPlaces()), Numbers(shares.LearnedPlaces()));

        compared.Concat(unseen).Concat(learned).Should().OnlyHaveUniqueItems().And.HaveCount(1200);
        compared.Take(4).Should().Equal(0, 1, 12, 13);
        unseen.Take(4).Should().Equal(2, 3, 14, 15);
        learned.Count(place => place % 2 == 0).Should().Be(400);
        Numbers(new JudgeShares(_digits, new PictureJudgeOptions { KeepTogether = 10 }).LearnedPlaces()).Should().HaveCount(600).And.OnlyContain(place => place / 10 % 6 >= 3);
    }

    [Fact]
    public void Train_Stopped_Ends()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        FluentActions.Invoking(() => PictureJudge.Train(_digits, _quick, stop.Token)).Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Train_WhatGivesNoJudge_IsRefused()
    {
        using var few = ImageDataSets.DrawnDigits(599);
        using var others = ImageDataSet.From(_test.Images);

        FluentActions.Invoking(() => PictureJudge.Train(few)).Should().Throw<ArgumentException>()
            .WithMessage("A judge takes at least 600 pictures; got [599, 1, 28, 28]. Give more of them. (Parameter 'data')");
        FluentActions.Invoking(() => PictureJudge.Train(_digits, _quick with { Test = others })).Should().Throw<ArgumentException>()
            .WithMessage("Test is [200, 1, 28, 28] of 0 classes, but the data is [1200, 1, 28, 28] of 10. Give pictures of the same kind. (Parameter 'options')");
        FluentActions.Invoking(() => PictureJudge.Train(_digits, _quick with { KeepTogether = 0 })).Should().Throw<ArgumentException>()
            .WithMessage("KeepTogether is 0; it must be at least 1. (Parameter 'options')");
    }

    [Fact]
    public void Train_ColourPicturesThatAreNotSquare_AreJudgedToo()
    {
        using var scope = NewDisposeScope();
        using var wide = ImageDataSet.From(_digits.Images.repeat(1, 3, 1, 2));
        using var judge = PictureJudge.Train(wide, _quick with { Epochs = 1 });

        judge.Features.Extract(wide.Images.narrow(0, 0, 5)).shape.Should().Equal(5, 128);
    }

    private static long[] Numbers(Tensor places) => places.data<long>().ToArray();

    private PictureJudge Open(PictureJudgeOptions options) => PictureJudge.Open(Weights, _digits, options);

    private sealed class Told(List<JudgeProgress> told) : IProgress<JudgeProgress>
    {
        public void Report(JudgeProgress value) => told.Add(value);
    }
}
