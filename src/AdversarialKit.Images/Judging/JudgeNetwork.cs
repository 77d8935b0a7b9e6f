using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>A small convolutional classifier: what a judge sees with.</summary>
internal sealed class JudgeNetwork : IDisposable
{
    /// <summary>The width of the last hidden layer.</summary>
    public const long FeatureCount = 128;

    private const long FirstChannels = 16;

    // Maps are halved until none is wider: 28 to 7, 32 to 8, 64 to 8.
    private const long WidestMap = 8;

    private const int AtOnce = 500;

    private readonly string _headName;

    /// <param name="shape">Channels, height and width of a picture.</param>
    /// <param name="task">What it learns.</param>
    /// <param name="random">Draws the weights; remains the caller's.</param>
    public JudgeNetwork(ReadOnlySpan<long> shape, JudgeTask task, Generator random)
    {
        // TorchSharp's convolutions leave a tensor behind when they are made; weights live on.
        using var scope = NewDisposeScope();
        var (layers, channels, height, width) = (new List<nn.Module<Tensor, Tensor>>(), shape[0], shape[1], shape[2]);
        var next = FirstChannels;
        do
        {
            // Pooled before they are normalised: the same figures at a quarter of the work.
            layers.AddRange([nn.Conv2d(channels, next, 3, padding: 1), nn.MaxPool2d(2), nn.BatchNorm2d(next), nn.ReLU()]);
            (channels, next, height, width) = (next, 2 * next, height / 2, width / 2);
        }
        while (Math.Max(height, width) > WidestMap && Math.Min(height, width) > 1);

        layers.AddRange([nn.Flatten(), nn.Linear(channels * height * width, FeatureCount), nn.ReLU()]);
        Body = nn.Sequential(layers.ToArray());
        Head = nn.Linear(FeatureCount, task.Answers);
        _headName = task.HeadName;
        Initialize.GlorotUniform(Body, random);
        Initialize.GlorotUniform(Head, random);
    }

    /// <summary>Pictures [N, C, H, W] in [-1, 1] to features [N, 128].</summary>
    public Sequential Body { get; }

    /// <summary>Features [N, 128] to logits of the answers.</summary>
    public Linear Head { get; }

    public IEnumerable<Parameter> Parameters => Body.parameters().Concat(Head.parameters());

    /// <summary>All weights and running statistics by name; they remain the network's.</summary>
    public IReadOnlyDictionary<string, Tensor> State() =>
        Body.state_dict().Select(entry => ("body." + entry.Key, entry.Value))
            .Concat(Head.state_dict().Select(entry => (_headName + entry.Key, entry.Value)))
            .ToDictionary(entry => entry.Item1, entry => entry.Item2);

    /// <summary>Features [N, 128] and probabilities of the answers, of pictures as bytes [N, C, H, W]; the caller disposes both.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public (Tensor Features, Tensor Probabilities) Look(Tensor pictures, CancellationToken token)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var extractor = Features.From(Body, AtOnce);
        var parts = new List<Tensor>();
        foreach (var part in pictures.split(AtOnce))
        {
            token.ThrowIfCancellationRequested();
            parts.Add(extractor.Extract(PictureBytes.ToUnitRange(part)));
        }

        var features = cat(parts);
        var probabilities = Head.call(features).softmax(1);
        return (features.MoveToOuterDisposeScope(), probabilities.MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        Body.Dispose();
        Head.Dispose();
    }
}
