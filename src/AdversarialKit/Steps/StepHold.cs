namespace AdversarialKit;

/// <summary>
/// For the time of one step: the recording flags of what it trains, and the mode of every network that it runs. What the
/// caller had set comes back when it is disposed, also on exceptions.
/// </summary>
internal sealed class StepHold : IDisposable
{
    private readonly GradientFlags[] _flags;
    private readonly NetworkModes.Scope[] _modes;

    public StepHold(NetworkUse[] uses)
    {
        _flags = new GradientFlags[uses.Length];
        _modes = new NetworkModes.Scope[uses.Length];
        try
        {
            for (var i = 0; i < uses.Length; i++)
            {
                if (uses[i].Role == NetworkRole.Trained)
                {
                    _flags[i] = uses[i].Network.RecordTrainable();
                }
                else
                {
                    uses[i].Network.ThrowIfGone();
                }

                _modes[i] = uses[i].Network.InMode(uses[i].Mode == NetworkMode.Training);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        for (var i = _flags.Length - 1; i >= 0; i--)
        {
            _modes[i].Dispose();
            _flags[i].Dispose();
        }
    }
}
