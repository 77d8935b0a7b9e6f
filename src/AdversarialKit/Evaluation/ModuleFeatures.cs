namespace AdversarialKit;

/// <summary>A module as a feature extractor.</summary>
/// <param name="module">The module, whose modes are kept.</param>
/// <param name="forward">Its forward pass: TorchScript modules share no typed base with others.</param>
/// <param name="batchSize">The most samples of a pass.</param>
/// <param name="owned">Whether the extractor loaded the module, and where to; else null.</param>
internal sealed class ModuleFeatures(nn.Module module, Func<Tensor, Tensor> forward, int batchSize, Device? owned) : IFeatureExtractor
{
    private bool _disposed;

    public Tensor Extract(Tensor samples)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.dim() < 2 || samples.shape[0] == 0)
        {
            throw new ArgumentException($"Samples must be a tensor [N, ...] with at least one sample; got {SampleChecks.Shape(samples)}.", nameof(samples));
        }

        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var mode = new EvaluationMode(module);
        var device = owned ?? module.parameters().FirstOrDefault()?.device ?? samples.device;
        var parts = new List<Tensor>();
        for (var start = 0L; start < samples.shape[0]; start += batchSize)
        {
            using var inner = NewDisposeScope();
            var batch = samples.narrow(0, start, Math.Min(batchSize, samples.shape[0] - start)).detach().to(device);
            parts.Add(Flat(forward(batch), batch.shape[0]).MoveToOuterDisposeScope());
        }

        return cat(parts, 0).MoveToOuterDisposeScope();
    }

    public void Dispose()
    {
        if (owned is not null && !_disposed)
        {
            module.Dispose();
        }

        _disposed = true;
    }

    private static Tensor Flat(Tensor output, long samples)
    {
        if (output.dim() < 2 || output.shape[0] != samples || !output.is_floating_point())
        {
            throw new InvalidOperationException(
                $"The feature extractor must return floating-point vectors [{samples}, F] for {samples} samples; it returned {output.dtype} {SampleChecks.Shape(output)}.");
        }

        return output.flatten(1);
    }
}
