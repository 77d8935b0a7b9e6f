namespace AdversarialKit;

/// <summary>A setting of the process that <see cref="TorchTuning"/> knows.</summary>
public enum TuningSetting
{
    /// <summary>From which size on glibc's <c>malloc</c> maps memory afresh, and how much of freed memory it gives back.</summary>
    Allocator,

    /// <summary>The library that multiplies float32 matrices on the CPU.</summary>
    Float32Products,

    /// <summary>The number of threads of one torch operation.</summary>
    Threads,

    /// <summary>How long threads of torch wait for each other before they sleep.</summary>
    Waiting,
}
