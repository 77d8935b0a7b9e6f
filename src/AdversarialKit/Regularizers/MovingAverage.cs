namespace AdversarialKit;

/// <summary>An exponential moving average of batch means, on the batches' device: reading it on the host would stall a GPU.</summary>
internal sealed class MovingAverage : ITeamMember, IDisposable
{
    private Team? _team;
    private Tensor? _value;
    private Tensor? _parts;

    public void Join(Team team) => _team = team;

    /// <summary>Takes in a batch's mean. One that comes in parts moves the average once, with its last part.</summary>
    /// <returns>The average with the parts so far, not yet freed of its bias towards 0, in the current dispose scope.</returns>
    public Tensor Update(Tensor batch, double decay, StepPart part)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();

        // Half precision would swallow steps of one hundredth.
        var type = batch.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        var mean = MeanWithEarlierParts(TeamMean.Of(batch.detach().to(type).mean(), _team), part) * (1 - decay);
        var next = _value is null ? mean : _value.to(type).to(batch.device) * decay + mean;
        if (!part.IsLast)
        {
            return next.MoveToOuterDisposeScope();
        }

        _value?.Dispose();
        _value = next.DetachFromDisposeScope();
        return _value.alias().MoveToOuterDisposeScope();
    }

    private Tensor MeanWithEarlierParts(Tensor mean, StepPart part)
    {
        if (part == StepPart.Whole)
        {
            return mean;
        }

        var sum = part.Before == 0 ? mean * part.Share : _parts! + mean * part.Share;
        _parts?.Dispose();
        _parts = part.IsLast ? null : sum.alias().DetachFromDisposeScope();
        return sum / (part.Before + part.Share);
    }

    public Tensor ToState() =>
        _value is null ? zeros([], dtype: ScalarType.Float64) : _value.to(ScalarType.Float64).cpu().clone();

    public void FromState(Tensor state)
    {
        _value?.Dispose();
        _value = state.clone().DetachFromDisposeScope();
    }

    public void Dispose()
    {
        _value?.Dispose();
        _parts?.Dispose();
        (_value, _parts) = (null, null);
    }
}
