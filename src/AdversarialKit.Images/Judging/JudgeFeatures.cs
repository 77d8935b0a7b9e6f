namespace AdversarialKit;

/// <summary>What a judge sees in pictures that were rounded to bytes, as in a file: the same whether a run is judged on the way or its pictures afterwards.</summary>
internal sealed class JudgeFeatures(Func<Tensor, Tensor> look) : IFeatureExtractor
{
    public Tensor Extract(Tensor samples)
    {
        using var scope = NewDisposeScope();
        return look(PictureBytes.From(samples)).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
    }
}
