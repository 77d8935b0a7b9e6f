using AdversarialKit;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>A small convolutional classifier of digits: what the judge sees with.</summary>
internal sealed class JudgeNetwork : IDisposable
{
    /// <summary>The width of the last hidden layer.</summary>
    public const long FeatureCount = 128;

    private const long Classes = 10;

    public JudgeNetwork(torch.Generator random)
    {
        // Pooled before they are normalised: the same figures at a quarter of the work.
        Body = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding: 1),
            nn.MaxPool2d(2),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.Conv2d(16, 32, 3, padding: 1),
            nn.MaxPool2d(2),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.Flatten(),
            nn.Linear(32 * 7 * 7, FeatureCount),
            nn.ReLU());
        Head = nn.Linear(FeatureCount, Classes);
        Initialize.GlorotUniform(Body, random);
        Initialize.GlorotUniform(Head, random);
    }

    /// <summary>Images [N, 1, 28, 28] in [-1, 1] to features [N, 128].</summary>
    public Sequential Body { get; }

    /// <summary>Features [N, 128] to logits [N, 10] of the digits.</summary>
    public Linear Head { get; }

    public IEnumerable<Parameter> Parameters => Body.parameters().Concat(Head.parameters());

    /// <summary>All weights and running statistics by name; they remain the network's.</summary>
    public IReadOnlyDictionary<string, Tensor> State() =>
        Body.state_dict().Select(entry => ("body." + entry.Key, entry.Value))
            .Concat(Head.state_dict().Select(entry => ("head." + entry.Key, entry.Value)))
            .ToDictionary(entry => entry.Item1, entry => entry.Item2);

    public void Dispose()
    {
        Body.Dispose();
        Head.Dispose();
    }
}
