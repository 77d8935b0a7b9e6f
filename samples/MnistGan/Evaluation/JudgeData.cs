using static TorchSharp.torch;

namespace MnistGan;

/// <summary>
/// The images of one evaluation. The training set is dealt out in three shares: generated images are compared with a sixth
/// of it, whose distribution they are to have; another sixth, compared likewise, shows what is the best to expect; the judge
/// learns from the rest and is measured on the test set. So it has learned none of the images that are compared.
/// </summary>
/// <remarks>
/// Neighbours stay together: MNIST's training set takes turns between two groups of writers, and the images at odd places
/// have 13 % more ink. Every sixth image would be of one group alone.
/// </remarks>
/// <param name="Name">Of the judge's files.</param>
/// <param name="Training">The training set.</param>
/// <param name="Test">The test set.</param>
internal sealed record JudgeData(string Name, Dataset Training, Dataset Test) : IDisposable
{
    private const long DrawnTestSeed = 2;
    private const int DrawnTestCount = 10_000;

    private const int Shares = 6;
    private const int ComparedShare = 0;
    private const int UnseenShare = 1;

    /// <summary>What images are compared with, <c>uint8</c> [N, 28, 28]: 10,000 of 60,000; the caller disposes them.</summary>
    public Tensor Compared() => Images(share => share.eq(ComparedShare));

    /// <summary>As many other images that the judge did not learn from either; the caller disposes them.</summary>
    public Tensor Unseen() => Images(share => share.eq(UnseenShare));

    /// <summary>Where in the training set the images stand that the judge learns from, <c>int64</c> [N]; the caller disposes it.</summary>
    public Tensor Learned() => Places(share => share.gt(UnseenShare));

    /// <summary>MNIST or drawn digits, as the options and this machine have it.</summary>
    public static JudgeData Load(Options options, Surroundings around, CancellationToken token)
    {
        var (training, drawn) = DatasetLoader.LoadNamed(options, around, token);
        try
        {
            return drawn
                ? new JudgeData("digits", training, DrawnDigits.Draw(DrawnTestCount, DrawnTestSeed, token))
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

    private Tensor Images(Func<Tensor, Tensor> ofShare)
    {
        using var places = Places(ofShare);
        return Training.Images.index_select(0, places);
    }

    private Tensor Places(Func<Tensor, Tensor> ofShare)
    {
        using var scope = NewDisposeScope();
        var all = arange(Training.Images.shape[0], dtype: ScalarType.Int64);
        var share = all.bitwise_right_shift(1).remainder(Shares);
        return all.masked_select(ofShare(share)).MoveToOuterDisposeScope();
    }
}
