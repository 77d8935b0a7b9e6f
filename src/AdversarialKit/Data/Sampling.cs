namespace AdversarialKit;

/// <summary>How samples are chosen for batches.</summary>
public enum Sampling
{
    /// <summary>
    /// Every sample once in each epoch, in a new random order each time. What is left at an epoch's end and fills no batch is
    /// left out of that epoch.
    /// </summary>
    Shuffled,

    /// <summary>Each sample is drawn from all of them, as Keras-GAN's scripts do. An epoch is the number of batches that would hold each once.</summary>
    WithReplacement,
}
