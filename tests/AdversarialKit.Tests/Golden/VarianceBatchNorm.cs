using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Golden;

/// <summary>Batch normalization that differs from torch's in what its running variance receives, as two versions of Keras do.</summary>
internal sealed class VarianceBatchNorm : nn.Module<Tensor, Tensor>
{
    private readonly double _epsilon;
    private readonly double _momentum;
    private readonly Func<long, double> _varianceFactor;
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly Tensor running_mean;
    private readonly Tensor running_var;
    private readonly Tensor num_batches_tracked;

    /// <param name="features">Number of features.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="momentum">Torch's momentum.</param>
    /// <param name="varianceFactor">From the batch size to the factor on the biased variance.</param>
    public VarianceBatchNorm(long features, double epsilon, double momentum, Func<long, double> varianceFactor)
        : base(nameof(VarianceBatchNorm))
    {
        (_epsilon, _momentum, _varianceFactor) = (epsilon, momentum, varianceFactor);
        weight = new Parameter(ones(features));
        bias = new Parameter(zeros(features));
        running_mean = zeros(features);
        running_var = ones(features);
        num_batches_tracked = tensor(0L);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        if (!training)
        {
            return ((input - running_mean) / (running_var + _epsilon).sqrt() * weight) + bias;
        }

        var mean = input.mean([0]);
        var variance = (input - mean).pow(2).mean([0]);
        using (no_grad())
        {
            running_mean.mul_(1 - _momentum).add_(mean * _momentum);
            running_var.mul_(1 - _momentum).add_(variance * (_momentum * _varianceFactor(input.shape[0])));
            num_batches_tracked.add_(1);
        }

        return ((input - mean) / (variance + _epsilon).sqrt() * weight) + bias;
    }
}
