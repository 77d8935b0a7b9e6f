using AdversarialKit;

namespace MnistGan;

/// <summary>Shows how training goes.</summary>
internal interface IProgressDisplay
{
    /// <summary>To be called after every iteration; costs next to nothing between two refreshes.</summary>
    /// <param name="iteration">Finished iterations, from 1.</param>
    /// <param name="discriminatorLoss">Mean of the losses on real and on generated images.</param>
    /// <param name="accuracy">Share of images that the discriminator told apart, 0 to 1.</param>
    /// <param name="generatorLoss">The generator's loss.</param>
    void Report(long iteration, double discriminatorLoss, double accuracy, double generatorLoss);

    /// <summary>Writes a line that stays: what the tuning found.</summary>
    void Tuned(TuningOutcome outcome);

    /// <summary>Shows that samples are being judged, and how far that is, 0 to 1.</summary>
    void Evaluating(double share);

    /// <summary>Writes a line that stays.</summary>
    void Evaluated(EvaluationResult evaluation);
}
