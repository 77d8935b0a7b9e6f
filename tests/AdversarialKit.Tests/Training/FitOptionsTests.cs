using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Training;

public sealed class FitOptionsTests
{
    public static TheoryData<FitOptions, string> Wrong => new()
    {
        { new FitOptions { Iterations = -1 }, "FitOptions.Iterations is -1, but must be at least 0." },
        { new FitOptions { Epochs = -1 }, "FitOptions.Epochs is -1, but must be at least 0." },
        { new FitOptions { Epochs = 2, Iterations = 5 }, "FitOptions.Epochs is 2, but cannot be set beside Iterations, which is 5." },
        { new FitOptions { Iterations = 1, ProgressInterval = 0 }, "FitOptions.ProgressInterval is 0, but must be at least 1." },
        { new FitOptions { TimeLimit = TimeSpan.Zero }, "FitOptions.TimeLimit is 00:00:00, but must be longer than 0." },
        { new FitOptions { Iterations = 1, Callbacks = [new Callback((_, _) => { }) { Interval = 0 }] }, "Callback.Interval is 0, but must be at least 1." },
        { new FitOptions { Iterations = 1, Checkpoints = new CheckpointOptions { Directory = "" } }, "CheckpointOptions.Directory is empty, but must name a directory." },
        { new FitOptions { Iterations = 1, Checkpoints = new CheckpointOptions { Directory = "x", Interval = 0 } }, "CheckpointOptions.Interval is 0, but must be at least 1." },
        { new FitOptions(), "Nothing would ever end this run: the batches are endless. Set FitOptions.Iterations, Epochs or TimeLimit, or pass a token." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Fit_WrongOptions_SaysWhichAndWhatIsAllowed(FitOptions options, string message)
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();
        using var batches = Batches.FromTensor(real, 8);

        var fit = () => gan.Fit(batches, options);

        fit.Should().Throw<ArgumentException>().WithMessage(message + " (Parameter 'options')");
    }

    [Fact]
    public void Fit_EpochsOfASequence_SaysThatNoneAreKnown()
    {
        using var generator = Toy.Generator();
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();

        var fit = () => gan.Fit([real], new FitOptions { Epochs = 1 });

        fit.Should().Throw<ArgumentException>().WithMessage(
            "FitOptions.Epochs is 1, but these batches do not say how many make an epoch. Set FitOptions.Iterations instead. (Parameter 'options')");
    }

    [Fact]
    public void Fit_CheckpointsOfTwoLayersWithOneName_RefusesBeforeTheFirstIteration()
    {
        using var generator = nn.Sequential(("a", nn.Linear(4, 6)), ("a", nn.Linear(6, 6)));
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();
        using var real = Toy.Real();

        var fit = () => gan.Fit([real], new FitOptions { Checkpoints = new CheckpointOptions { Directory = "unused" } });

        fit.Should().Throw<InvalidOperationException>().WithMessage("Two layers of the generator have the same name, and so 'a.*");
        gan.Iteration.Should().Be(0);
    }
}
