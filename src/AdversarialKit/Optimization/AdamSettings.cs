namespace AdversarialKit;

/// <summary>What an Adam was asked to be.</summary>
internal sealed record AdamSettings(
    AdamForm Form, double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay)
{
    /// <summary>The counter that another optimizer may count with, too.</summary>
    public StepCounter? SharedCounter { get; init; }

    public void Validate()
    {
        OptimizerRange.AtLeastZero(LearningRate, "learning rate", "learningRate");
        OptimizerRange.BelowOne(Beta1, "first decay, beta1,", "beta1");
        OptimizerRange.BelowOne(Beta2, "second decay, beta2,", "beta2");
        OptimizerRange.AtLeastZero(Epsilon, "epsilon", "epsilon");
        OptimizerRange.AtLeastZero(WeightDecay, "weight decay", "weightDecay");
    }

    public override string ToString()
    {
        var name = Form == AdamForm.Decoupled ? "AdamW" : "Adam";
        var text = $"{name}(lr {OptimizerRange.Text(LearningRate)}, beta1 {OptimizerRange.Text(Beta1)}, " +
            $"beta2 {OptimizerRange.Text(Beta2)}, eps {OptimizerRange.Text(Epsilon)}";
        text += WeightDecay > 0 ? $", weight decay {OptimizerRange.Text(WeightDecay)}" : "";
        text += Form == AdamForm.Keras ? ", Keras form" : "";
        return text + (SharedCounter is null ? ")" : ", shared counter)");
    }
}
