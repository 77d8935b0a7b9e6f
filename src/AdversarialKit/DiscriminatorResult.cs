namespace AdversarialKit;

/// <summary>What one discriminator step measured, before its update.</summary>
public readonly record struct DiscriminatorResult
{

    /// <summary>
    /// The whole loss: the sum (<see cref="DiscriminatorUpdate.Joint"/>) or mean of both terms, plus all penalties with
    /// their weights.
    /// </summary>
    public double Loss { get; init; }

    /// <summary>
    /// The term on real samples; of the relativistic average loss that of real samples against the mean fake. NaN for a loss that does not
    /// fall into terms, as the relativistic paired one.
    /// </summary>
    public double RealLoss { get; init; }

    /// <summary>The term on fakes; of the relativistic average loss that of fakes against the mean real sample. NaN likewise.</summary>
    public double FakeLoss { get; init; }

    /// <summary>The sum of the penalties with their weights; 0 where none was due.</summary>
    public double Penalty { get; init; }

    /// <summary>The penalties that were due in this step, each by its description and without its weight; empty where none was.</summary>
    public IReadOnlyDictionary<string, double> Penalties
    {
        get => field ?? NumbersByName.None;
        init;
    }

    /// <summary>The weighted loss of the auxiliary output, of classes or of a latent code; 0 where there is none.</summary>
    public double AuxiliaryLoss { get; init; }

    /// <summary>
    /// The share of real samples that the discriminator took for real, 0 to 1; NaN for losses on energies, which say nothing of the kind. A
    /// relativistic loss knows no output that means "real": there it is the share of real samples whose output is above the mean output on
    /// the batch's fakes, so 0.5 means that both sides score alike, and 1 that nearly all score higher, however close they are.
    /// </summary>
    public double RealAccuracy { get; init; }

    /// <summary>The share of fakes that the discriminator took for fake, 0 to 1; NaN likewise. For a relativistic loss the share below the mean output on the batch's real samples.</summary>
    public double FakeAccuracy { get; init; }

    /// <summary>The mean sign of the outputs on real samples, -1 to 1: near 1, the discriminator knows them by heart.</summary>
    public double RealSign { get; init; }

    /// <summary>
    /// The L2 norm of the gradient over all parameters, before clipping; NaN unless gradients are clipped or
    /// <see cref="GanBuilder.WithGradientNorms"/> was called.
    /// </summary>
    public double GradientNorm { get; init; }

    /// <summary>
    /// Under <see cref="DiscriminatorUpdate.Separate"/> the norm of the first update's gradient, on real samples, where
    /// <see cref="GradientNorm"/> is the second's; else NaN, since there is one update.
    /// </summary>
    public double RealGradientNorm { get; init; }

    /// <summary>The mean of both accuracies, 0 to 1; NaN where they are.</summary>
    public double Accuracy => (RealAccuracy + FakeAccuracy) / 2;
}
