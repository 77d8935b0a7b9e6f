namespace AdversarialKit;

/// <summary>
/// What the pictures of a judge are for. The training set is dealt out in six shares: generated pictures are compared with one, whose
/// distribution they are to have; another, compared likewise, shows what is the best to expect; the judge learns from the rest, of which one
/// more is left out where no test set tells its accuracy. So it has learned none of the pictures that are compared.
/// </summary>
internal sealed class JudgeShares(ImageDataSet data, PictureJudgeOptions options)
{
    private const int Shares = 6;
    private const int ComparedShare = 0;
    private const int UnseenShare = 1;
    private const int HeldOutShare = 2;

    public ImageDataSet Training => data;

    /// <summary>What pictures are compared with, as bytes.</summary>
    public Tensor Compared() => Pictures(ComparedPlaces());

    /// <summary>As many other pictures that the judge did not learn from either.</summary>
    public Tensor Unseen() => Pictures(UnseenPlaces());

    /// <summary>Their places in the training set, Int64 [N].</summary>
    public Tensor ComparedPlaces() => Places(share => share == ComparedShare);

    public Tensor UnseenPlaces() => Places(share => share == UnseenShare);

    /// <summary>The places of what the judge learns from.</summary>
    public Tensor LearnedPlaces() => Places(share => share > (options.Test is null ? HeldOutShare : UnseenShare));

    /// <summary>Pictures and classes that its accuracy is measured on.</summary>
    public (Tensor Pictures, Tensor Labels) HeldOut()
    {
        if (options.Test is { } test)
        {
            return (test.Images, test.Labels);
        }

        using var places = Places(share => share == HeldOutShare);
        return (data.Images.index_select(0, places), data.Labels.index_select(0, places));
    }

    private Tensor Pictures(Tensor places)
    {
        using (places)
        {
            return data.Images.index_select(0, places);
        }
    }

    private Tensor Places(Func<long, bool> wanted)
    {
        var places = new List<long>();
        for (var i = 0L; i < data.Images.shape[0]; i++)
        {
            if (wanted(i / options.KeepTogether % Shares))
            {
                places.Add(i);
            }
        }

        return tensor(places.ToArray());
    }
}
