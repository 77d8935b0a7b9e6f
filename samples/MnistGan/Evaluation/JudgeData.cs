using static TorchSharp.torch;

namespace MnistGan;

/// <summary>
/// The images of one evaluation. Generated images are compared with every sixth image of the training set, whose
/// distribution they are to have. The judge learns from the five others and is measured on the test set, so that it has
/// seen neither what it compares with nor the real images that are the upper anchor.
/// </summary>
/// <param name="Name">Of the judge's files.</param>
/// <param name="Training">The training set.</param>
/// <param name="Test">The test set.</param>
internal sealed record JudgeData(string Name, Dataset Training, Dataset Test) : IDisposable
{
    private const long DrawnTestSeed = 2;
    private const int DrawnTestCount = 10_000;

    private const int HeldOutEvery = 6;

    /// <summary>What images are compared with, <c>uint8</c> [N, 28, 28]: 10,000 of 60,000; a view of the training set.</summary>
    public Tensor HeldOut => Training.Images.slice(0, 0, Training.Images.shape[0], HeldOutEvery);

    /// <summary>Where in the training set the images stand that the judge learns from, <c>int64</c> [N]; the caller disposes it.</summary>
    public Tensor Learned()
    {
        using var scope = NewDisposeScope();
        var all = arange(Training.Images.shape[0], dtype: ScalarType.Int64);
        return all.masked_select(all.remainder(HeldOutEvery).ne(0)).MoveToOuterDisposeScope();
    }

    /// <summary>MNIST or drawn digits, as the options and this machine have it.</summary>
    public static JudgeData Load(Options options, Surroundings around, CancellationToken token)
    {
        var (training, drawn) = DatasetLoader.LoadNamed(options, around, token);
        try
        {
            return drawn
                ? new JudgeData("digits", training, DrawnDigits.Draw(DrawnTestCount, DrawnTestSeed))
                : new JudgeData("mnist", training, new MnistSource(around).Load(MnistPart.Test, options.DataFolder, token));
        }
        catch
        {
            training.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Training.Dispose();
        Test.Dispose();
    }
}
