using TorchSharp.Utils;

namespace AdversarialKit;

internal sealed class ProjectionHead : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly long _features;
    private readonly long _classes;

    [ComponentName(Name = "linear")]
    private readonly nn.Module<Tensor, Tensor> _linear;
    [ComponentName(Name = "embedding")]
    private readonly nn.Module<Tensor, Tensor> _embedding;

    public ProjectionHead(long features, long classes, bool spectralNorm) : base(nameof(ProjectionHead))
    {
        _features = features;
        _classes = classes;
        var (linear, embedding) = (nn.Linear(features, 1), nn.Embedding(classes, features));
        _linear = spectralNorm ? SpectralNorm.Apply(linear) : linear;
        _embedding = spectralNorm ? SpectralNorm.Apply(embedding) : embedding;
        register_module("linear", _linear);
        register_module("embedding", _embedding);
    }

    internal nn.Module<Tensor, Tensor> Linear => _linear;

    internal nn.Module<Tensor, Tensor> Embedding => _embedding;

    public override Tensor forward(Tensor features, Tensor labels)
    {
        if (features.dim() != 2 || features.shape[1] != _features)
        {
            throw new ArgumentException(
                $"The projection head was given features of shape {Text.Shape(features)}; it takes [N, {_features}], "
                + "as said when it was made.",
                nameof(features));
        }

        ClassLabels.Check(labels, features.shape[0], _classes, "The projection head");
        using var scope = NewDisposeScope();
        var projection = (_embedding.call(labels) * features).sum([1], keepdim: true);
        return (_linear.call(features) + projection).MoveToOuterDisposeScope();
    }
}
