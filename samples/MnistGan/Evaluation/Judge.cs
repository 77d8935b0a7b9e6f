using AdversarialKit;
using static TorchSharp.torch;

namespace MnistGan;

/// <summary>A trained classifier of digits, through whose eyes generated digits are compared with real ones.</summary>
internal sealed class Judge : IFeatureExtractor
{
    private const int CheckImages = 32;
    private const long CheckSeed = 77;
    private const int AtOnce = 500;

    private readonly JudgeNetwork _network;
    private readonly bool _owns;

    private Judge(JudgeNetwork network, JudgeFigures? figures)
    {
        _network = network;
        _owns = figures is not null;
        network.Body.eval();
        network.Head.eval();
        Figures = figures ?? new JudgeFigures("", double.NaN, 0, 0, []);
    }

    /// <summary>What is known of it.</summary>
    public JudgeFigures Figures { get; }

    /// <summary>A judge that owns <paramref name="network"/>; its check values are measured here.</summary>
    public static Judge Of(JudgeNetwork network, JudgeFigures figures) => new(network, figures with { CheckValues = CheckValues(network) });

    /// <summary>Looks with a network that remains the caller's.</summary>
    public static Judge Looking(JudgeNetwork network) => new(network, null);

    /// <summary>
    /// The mean logits of a few digits that this program always draws alike: ten numbers that other weights do not give.
    /// </summary>
    public static double[] CheckValues(JudgeNetwork network)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        using var digits = DrawnDigits.Draw(CheckImages, CheckSeed);
        using var judge = Looking(network);
        return judge._network.Head.call(judge.Extract(ToNetwork(digits.Images))).mean([0]).to(ScalarType.Float64).data<double>().ToArray();
    }

    /// <summary>Bytes [N, 28, 28] to the range of the networks, [N, 1, 28, 28] in [-1, 1].</summary>
    public static Tensor ToNetwork(Tensor images) => images.to(ScalarType.Float32).div_(127.5).sub_(1).unsqueeze_(1);

    /// <summary>Features [N, 128] and class probabilities [N, 10] of images, <c>uint8</c> [N, 28, 28]; the caller disposes both.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public (Tensor Features, Tensor Probabilities) Look(Tensor images, CancellationToken token = default)
    {
        using var scope = NewDisposeScope();
        using var noGraph = no_grad();
        var parts = new List<Tensor>();
        foreach (var part in images.split(AtOnce))
        {
            token.ThrowIfCancellationRequested();
            parts.Add(Extract(ToNetwork(part)));
        }

        var features = cat(parts);
        var probabilities = _network.Head.call(features).softmax(1);
        return (features.MoveToOuterDisposeScope(), probabilities.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public Tensor Extract(Tensor samples)
    {
        using var extractor = Features.From(_network.Body, batchSize: AtOnce);
        return extractor.Extract(samples);
    }

    public void Save(JudgeFile file) => file.Write(_network.State(), Figures);

    public void Dispose()
    {
        if (_owns)
        {
            _network.Dispose();
        }
    }
}
