namespace AdversarialKit;

/// <summary>Why a fit ended.</summary>
public enum TableFitEnd
{
    /// <summary>All epochs were made.</summary>
    Completed,

    /// <summary>The figures had not become better for as long as <c>WithEarlyStop</c> says.</summary>
    NoBetter,

    /// <summary>The time that <c>WithTimeLimit</c> gives had passed.</summary>
    TimeLimit,

    /// <summary>The token was cancelled; the best weights until then were kept.</summary>
    Cancelled,

    /// <summary>A loss was no finite number; the best weights until then were kept.</summary>
    Diverged,
}
