namespace AdversarialKit;

/// <summary>Requests that wait, in turn: each batch begins with the one that waited longest, and what is left of that goes behind the others.</summary>
internal sealed class SampleQueue(BatchSizes sizes)
{
    private readonly LinkedList<SampleRequest> _waiting = new();
    private bool _closed;

    /// <summary>Adds a request; false where the queue is closed.</summary>
    public bool TryAdd(SampleRequest request)
    {
        lock (_waiting)
        {
            if (_closed)
            {
                return false;
            }

            _waiting.AddLast(request);
            Monitor.Pulse(_waiting);
            return true;
        }
    }

    /// <summary>The next batch, for which it waits; null when the queue is closed and empty.</summary>
    public SampleBatch? Take()
    {
        lock (_waiting)
        {
            while (true)
            {
                if (Gather() is { Count: > 0 } parts)
                {
                    return new SampleBatch(parts, sizes);
                }

                if (_closed)
                {
                    return null;
                }

                Monitor.Wait(_waiting);
            }
        }
    }

    /// <summary>No request comes any more; those that wait are still answered.</summary>
    public void Close()
    {
        lock (_waiting)
        {
            _closed = true;
            Monitor.PulseAll(_waiting);
        }
    }

    private List<SamplePart> Gather()
    {
        var parts = new List<SamplePart>();
        var room = (long)sizes.Largest;
        for (var (place, left) = (_waiting.First, _waiting.Count); place is not null && room > 0 && left > 0; left--)
        {
            var (request, next) = (place.Value, place.Next);
            if (request.IsOver)
            {
                _waiting.Remove(place);
                request.Leave();
            }
            else if (parts.Count == 0 || (sizes.AreShared && GoWith(parts[0].Request, request)))
            {
                var part = request.Take(Math.Min(room, request.Waiting));
                parts.Add(part);
                room -= part.Count;
                MoveOn(place);
            }

            place = next;
        }

        return parts;
    }

    private static bool GoWith(SampleRequest first, SampleRequest other) => first.Generator == other.Generator && first.Psi == other.Psi;

    private void MoveOn(LinkedListNode<SampleRequest> place)
    {
        _waiting.Remove(place);
        if (place.Value.Waiting > 0)
        {
            _waiting.AddLast(place);
            // There is work for another thread.
            Monitor.Pulse(_waiting);
        }
        else
        {
            place.Value.Leave();
        }
    }
}
