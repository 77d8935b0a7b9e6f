namespace AdversarialKit;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>All iterations were made.</summary>
    Completed,

    /// <summary>The caller cancelled it.</summary>
    Cancelled,

    /// <summary>The time limit was reached.</summary>
    TimeLimit,

    /// <summary>A loss or gradient was not finite.</summary>
    Diverged,
}
