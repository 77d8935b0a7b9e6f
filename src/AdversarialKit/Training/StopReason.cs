namespace AdversarialKit;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>All iterations were made, or the batches came to their end.</summary>
    Completed,

    /// <summary>The token was cancelled.</summary>
    Cancelled,

    /// <summary><see cref="FitOptions.TimeLimit"/> had passed.</summary>
    TimeLimit,

    /// <summary>A loss, a gradient or a weight was no finite number: more training cannot help.</summary>
    Diverged,
}
