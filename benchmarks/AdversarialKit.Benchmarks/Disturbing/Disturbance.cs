namespace AdversarialKit.Benchmarks;

/// <summary>What the rest of the process does while one thread computes.</summary>
internal enum Disturbance
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>A thread allocates without pause.</summary>
    Allocation,

    /// <summary>A thread collects every millisecond.</summary>
    Collections,

    /// <summary>Both.</summary>
    Both,

    /// <summary>Both, under the server collector.</summary>
    Server,
}
