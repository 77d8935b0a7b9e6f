namespace AdversarialKit;

/// <content>Requests.</content>
public sealed partial class GanSampler
{
    /// <summary>Draws latents.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="seed">What they follow from: the same seed and count give the same latents. Null: a seed that nobody knows.</param>
    /// <returns>Latents <c>[count, ...]</c> that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="ObjectDisposedException">The sampler was disposed.</exception>
    public Tensor DrawLatents(long count, long? seed = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ThrowIfDisposed();
        return _inputs.Draw(count, seed ?? Random.Shared.NextInt64());
    }

    /// <summary>Makes samples from fresh latents, and waits for them.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="condition">One label or condition per sample for a conditional generator, as it was trained on; else null. Remains the caller's.</param>
    /// <param name="seed">What the samples follow from: the same seed gives the same ones. Null: others every time.</param>
    /// <param name="psi">How far styles keep from their mean: 1 leaves them, less makes samples more typical and less varied. Default: 1.</param>
    /// <returns>Samples <c>[count, ...]</c>, without a graph, that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1, or <paramref name="psi"/> not finite.</exception>
    /// <exception cref="ArgumentException">The condition does not fit, or psi is not 1 and <see cref="Truncates"/> is false.</exception>
    /// <exception cref="ObjectDisposedException">The sampler was disposed.</exception>
    public Tensor Sample(long count, Tensor? condition = null, long? seed = null, double psi = 1) =>
        Await(SampleAsync(count, condition, seed, psi, CancellationToken.None));

    /// <summary>Makes samples from fresh latents. No thread waits meanwhile.</summary>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="condition">One label or condition per sample for a conditional generator, as it was trained on; else null. Remains the caller's.</param>
    /// <param name="seed">What the samples follow from: the same seed gives the same ones. Null: others every time.</param>
    /// <param name="psi">How far styles keep from their mean: 1 leaves them, less makes samples more typical and less varied. Default: 1.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>Samples <c>[count, ...]</c>, without a graph, in no dispose scope, that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1, or <paramref name="psi"/> not finite.</exception>
    /// <exception cref="ArgumentException">The condition does not fit, or psi is not 1 and <see cref="Truncates"/> is false.</exception>
    /// <exception cref="OperationCanceledException">The request was given up.</exception>
    /// <exception cref="ObjectDisposedException">The sampler was disposed.</exception>
    public Task<Tensor> SampleAsync(long count, Tensor? condition = null, long? seed = null, double psi = 1, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ThrowIfDisposed();
        _inputs.CheckCondition(condition, count);
        _inputs.CheckPsi(psi);
        var known = seed ?? Random.Shared.NextInt64();
        return Ask(_inputs.Draw(count, known), condition, psi, unchecked((ulong)known), cancellationToken);
    }

    /// <summary>Makes samples from given latents, and waits for them: the same latents give the same samples.</summary>
    /// <param name="latents">Latents <c>[N, ...]</c>, as from <see cref="DrawLatents"/> or <see cref="Latent.Interpolate"/>; remain the caller's.</param>
    /// <param name="condition">One label or condition per sample for a conditional generator, as it was trained on; else null. Remains the caller's.</param>
    /// <param name="psi">How far styles keep from their mean: 1 leaves them, less makes samples more typical and less varied. Default: 1.</param>
    /// <returns>Samples <c>[N, ...]</c>, without a graph, that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="psi"/> is not finite.</exception>
    /// <exception cref="ArgumentException">The latents or the condition do not fit, or psi is not 1 and <see cref="Truncates"/> is false.</exception>
    /// <exception cref="ObjectDisposedException">The sampler was disposed.</exception>
    public Tensor Generate(Tensor latents, Tensor? condition = null, double psi = 1) =>
        Await(GenerateAsync(latents, condition, psi, CancellationToken.None));

    /// <summary>Makes samples from given latents. No thread waits meanwhile.</summary>
    /// <param name="latents">Latents <c>[N, ...]</c>, as from <see cref="DrawLatents"/> or <see cref="Latent.Interpolate"/>; remain the caller's, and may be disposed at once.</param>
    /// <param name="condition">One label or condition per sample for a conditional generator, as it was trained on; else null. Remains the caller's.</param>
    /// <param name="psi">How far styles keep from their mean: 1 leaves them, less makes samples more typical and less varied. Default: 1.</param>
    /// <param name="cancellationToken">Gives the request up.</param>
    /// <returns>Samples <c>[N, ...]</c>, without a graph, in no dispose scope, that the caller disposes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="psi"/> is not finite.</exception>
    /// <exception cref="ArgumentException">The latents or the condition do not fit, or psi is not 1 and <see cref="Truncates"/> is false.</exception>
    /// <exception cref="OperationCanceledException">The request was given up.</exception>
    /// <exception cref="ObjectDisposedException">The sampler was disposed.</exception>
    public Task<Tensor> GenerateAsync(Tensor latents, Tensor? condition = null, double psi = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(latents);
        ThrowIfDisposed();
        _inputs.CheckLatents(latents);
        _inputs.CheckCondition(condition, latents.size(0));
        _inputs.CheckPsi(psi);
        return Ask(_inputs.CopyOf(latents), condition, psi, SharedNoise.SeedOf(latents), cancellationToken);
    }

    /// <summary>Takes newer weights where there are some: of the checkpoint that the path stands for now, or of the GAN as it is now. Requests that have begun keep theirs; none waits.</summary>
    /// <returns>Whether there were some.</returns>
    /// <exception cref="CheckpointException">The newer checkpoint is faulty or of another network; the weights of now serve on.</exception>
    /// <exception cref="InvalidOperationException">The newer weights make samples that are not finite; the weights of now serve on.</exception>
    /// <exception cref="ObjectDisposedException">The sampler, or its GAN, was disposed.</exception>
    public bool Reload()
    {
        ThrowIfDisposed();
        return _reloading.Reload();
    }

    /// <summary>Answers the requests that have begun, and ends.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        _reloading.Dispose();
        _queue.Close();
        Array.ForEach(_threads, thread => thread.Join());
        _supply.Dispose();
    }

    private Task<Tensor> Ask(Tensor latents, Tensor? condition, double psi, ulong noise, CancellationToken cancellationToken)
    {
        var own = condition is null ? null : _inputs.CopyOf(condition);
        var request = new SampleRequest(_supply.Use(), latents.DetachFromDisposeScope(), own?.DetachFromDisposeScope(), psi, noise, _supply.GiveBack);
        if (!_queue.TryAdd(request))
        {
            request.Leave();
            throw new ObjectDisposedException(typeof(GanSampler).FullName);
        }

        if (cancellationToken.CanBeCanceled)
        {
            var registration = cancellationToken.Register(() => request.Cancel(cancellationToken));
            _ = request.Result.ContinueWith(_ => registration.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        return request.Result;
    }

    private void Work()
    {
        using var noGraph = no_grad();
        while (_queue.Take() is { } batch)
        {
            batch.Run();
        }
    }

    // What the threads made belongs to no scope; the caller's may take it.
    private static Tensor Await(Task<Tensor> made)
    {
        using var samples = made.GetAwaiter().GetResult();
        return samples.alias();
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) == 1, this);
}
