namespace AdversarialKit;

/// <summary>Changes one setting of the process and can put it back.</summary>
internal interface ITuningLever
{
    TuningOutcome Pull();

    /// <summary>Puts back what <see cref="Pull"/> changed.</summary>
    void Release();
}
