namespace AdversarialKit;

/// <summary>A checkpoint, or what a pointer or a root names at the time.</summary>
internal sealed class CheckpointWeightsSource(string path) : IWeightsSource
{
    private readonly string _path = Path.GetFullPath(path);

    public bool HasOther(WeightsOrigin than) => Checkpoint.Resolve(_path) != than.Checkpoint;

    public IDisposable? Hold() => null;

    public WeightsOrigin Load(nn.Module module)
    {
        var checkpoint = Checkpoint.Open(_path);
        CheckpointWeights.LoadGenerator(checkpoint, module, preferAverage: true);
        return new WeightsOrigin(checkpoint.DirectoryPath, checkpoint.Manifest.Iteration);
    }
}
