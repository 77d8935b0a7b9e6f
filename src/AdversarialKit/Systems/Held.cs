namespace AdversarialKit;

/// <summary>Holds a lock until it is disposed: a <c>lock</c> for a whole method, without another level of it. Any thread may take it again that has it.</summary>
internal readonly struct Held : IDisposable
{
    private readonly object _gate;

    public Held(object gate)
    {
        Monitor.Enter(gate);
        _gate = gate;
    }

    public void Dispose() => Monitor.Exit(_gate);
}
