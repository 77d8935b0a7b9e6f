namespace AdversarialKit;

/// <summary>A penalty with its weight in the objective and its interval in discriminator steps.</summary>
internal sealed record PenaltyTerm(IDiscriminatorPenalty Penalty, double Weight, int Interval)
{
    /// <summary>The name under which its value is reported.</summary>
    public string Name { get; init; } = Penalty.ToString() ?? Penalty.GetType().Name;

    public bool IsDue(long step) => step % Interval == 0;

    /// <summary>
    /// A penalty that comes every k steps counts k times when it comes, so that its mean strength does not depend on k
    /// (lazy regularization, Karras et al. 2020, "Analyzing and Improving the Image Quality of StyleGAN", section 3.1).
    /// </summary>
    public double WeightWhenDue => Weight * Interval;

    public override string ToString() =>
        $"{Text.Number(Weight)} x {Penalty}" + (Interval == 1 ? "" : $" every {Interval} steps");
}
