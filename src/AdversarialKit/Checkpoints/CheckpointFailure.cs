namespace AdversarialKit;

/// <summary>What a run does where a checkpoint cannot be written. Earlier checkpoints are whole in either case.</summary>
public enum CheckpointFailure
{
    /// <summary>The run ends with the <see cref="CheckpointException"/>.</summary>
    Stop,

    /// <summary>The run goes on, says it as an error in the log, and tries again at the next interval.</summary>
    Continue,
}
