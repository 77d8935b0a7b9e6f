namespace AdversarialKit;

/// <summary>
/// The number of steps that Adam's bias correction counts. Handed to two factories of
/// <see cref="Optimizers.KerasAdam"/>, it rises with every step of either optimizer, as <c>iterations</c> does where one
/// Keras optimizer object is compiled into two models.
/// </summary>
public sealed class StepCounter
{
    /// <summary>How many steps were taken.</summary>
    /// <value>0 before the first step.</value>
    public long Value { get; internal set; }

    internal long Advance() => ++Value;
}
