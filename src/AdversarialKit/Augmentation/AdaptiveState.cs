namespace AdversarialKit;

/// <summary>What an <see cref="AdaptiveAugmentation"/> has gathered since its last adjustment.</summary>
/// <param name="Probability">The probability of each change, 0 to 1.</param>
/// <param name="SignSum">Sum of the signs of real logits.</param>
/// <param name="Images">Number of real logits.</param>
/// <param name="Iterations">Number of iterations.</param>
internal readonly record struct AdaptiveState(double Probability, double SignSum, long Images, long Iterations)
{
    /// <summary>Whether a run can have come to it; a sum of signs is out by its rounding at most.</summary>
    public bool IsPossible => Probability is >= 0 and <= 1 && Math.Abs(SignSum) <= Images + 1.0 && StateRange.IsCount(Images) && StateRange.IsCount(Iterations);

    public AdaptiveState With(double realSign, long batchSize) =>
        this with { SignSum = SignSum + (realSign * batchSize), Images = Images + batchSize };

    public AdaptiveState Adjusted(double target, long rampImages)
    {
        if (Images == 0)
        {
            return new(Probability, 0, 0, 0);
        }

        // p += sign(r_t - target) * images / rampImages
        var step = Math.Sign((SignSum / Images) - target) * (double)Images / rampImages;
        return new(Math.Clamp(Probability + step, 0, 1), 0, 0, 0);
    }
}
