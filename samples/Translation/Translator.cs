using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

/// <summary>A network that translates pictures, with what trains it.</summary>
/// <param name="Network">Sources [N, 1, 28, 28] to pictures of the same shape, in [-1, 1].</param>
/// <param name="System">What trains it.</param>
/// <param name="Batches">What it learns from.</param>
/// <param name="Owned">All that is to be disposed with it.</param>
internal sealed record Translator(nn.Module<Tensor, Tensor> Network, AdversarialSystem System, IBatchSource Batches, params IDisposable[] Owned) : IDisposable
{
    private const long BatchSize = 500;

    /// <summary>The way back, where it is learned too.</summary>
    public nn.Module<Tensor, Tensor>? Back { get; init; }

    /// <summary>Translates any number of pictures, in inference mode and with averaged weights.</summary>
    public Tensor Translate(Tensor sources) => System.Infer(() =>
    {
        using var scope = NewDisposeScope();
        return cat([.. sources.split(BatchSize).Select(Network.call)]).MoveToOuterDisposeScope();
    });

    public void Dispose() => Array.ForEach(Owned, owned => owned.Dispose());
}
