namespace AdversarialKit;

/// <summary>What a stochastic gradient descent was asked to be.</summary>
internal sealed record SgdSettings(double LearningRate, double Momentum, double WeightDecay, bool Nesterov)
{
    public void Validate()
    {
        OptimizerRange.AtLeastZero(LearningRate, "learning rate", "learningRate");
        OptimizerRange.BelowOne(Momentum, "momentum", "momentum");
        OptimizerRange.AtLeastZero(WeightDecay, "weight decay", "weightDecay");
        if (Nesterov && Momentum == 0)
        {
            throw new ArgumentException(
                "Nesterov's form needs momentum, but the momentum is 0; pass one above 0, such as 0.9, or leave nesterov out.",
                "nesterov");
        }
    }

    public override string ToString()
    {
        var text = $"SGD(lr {OptimizerRange.Text(LearningRate)}";
        text += Momentum > 0 ? $", momentum {OptimizerRange.Text(Momentum)}" : "";
        text += Nesterov ? ", Nesterov" : "";
        return text + (WeightDecay > 0 ? $", weight decay {OptimizerRange.Text(WeightDecay)})" : ")");
    }
}
