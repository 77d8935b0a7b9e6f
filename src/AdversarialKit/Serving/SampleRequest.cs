using System.Diagnostics;

namespace AdversarialKit;

/// <summary>Samples that somebody waits for. It owns its inputs; what it makes is the waiting one's.</summary>
internal sealed class SampleRequest(ServedGenerator generator, Tensor latents, Tensor? condition, double psi, ulong noise, Action<ServedGenerator> left)
{
    private readonly TaskCompletionSource<Tensor> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly object _gate = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private Tensor? _samples;
    private long _made;
    private bool _over;
    private int _holds = 1;

    public Task<Tensor> Result => _result.Task;

    public ServedGenerator Generator => generator;

    public double Psi => psi;

    public long Count { get; } = latents.size(0);

    /// <summary>Where the rows begin that no batch has yet; the queue's.</summary>
    public long Taken { get; private set; }

    public long Waiting => Count - Taken;

    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return _over;
            }
        }
    }

    /// <summary>The seed of what the generator draws in a batch that begins with a row of this one, where it may share none.</summary>
    public ulong NoiseAt(long start) => unchecked(noise + (ulong)start);

    /// <summary>Takes rows for a batch, whose part must be left when the batch is done.</summary>
    public SamplePart Take(long count)
    {
        Interlocked.Increment(ref _holds);
        var part = new SamplePart(this, Taken, count);
        Taken += count;
        return part;
    }

    public Tensor LatentsOf(SamplePart part) => latents.narrow(0, part.Start, part.Count);

    public Tensor? ConditionOf(SamplePart part) => condition?.narrow(0, part.Start, part.Count);

    /// <summary>Puts samples into their place; with the last of them the request is answered.</summary>
    public void Put(SamplePart part, Tensor samples)
    {
        lock (_gate)
        {
            if (_over)
            {
                return;
            }

            Copy(part, samples);
            _made += part.Count;
            _over = _made == Count;
            if (!_over)
            {
                return;
            }
        }

        Telemetry.SamplerSamples.Add(Count);
        Telemetry.SamplerTime.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds);
        _result.SetResult(_samples!);
    }

    public void Fail(Exception error)
    {
        if (End())
        {
            _result.TrySetException(error);
        }
    }

    public void Cancel(CancellationToken token)
    {
        if (End())
        {
            _result.TrySetCanceled(token);
        }
    }

    /// <summary>The queue or a batch needs the inputs no longer.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
        {
            latents.Dispose();
            condition?.Dispose();
            left(generator);
        }
    }

    private void Copy(SamplePart part, Tensor samples)
    {
        _samples ??= empty([Count, .. samples.shape[1..]], dtype: samples.dtype, device: samples.device).DetachFromDisposeScope();
        using var place = _samples.narrow(0, part.Start, part.Count);
        place.copy_(samples);
    }

    // True for the one who ends it unanswered.
    private bool End()
    {
        lock (_gate)
        {
            if (_over)
            {
                return false;
            }

            _samples?.Dispose();
            return _over = true;
        }
    }
}
