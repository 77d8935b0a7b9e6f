namespace AdversarialKit;

/// <summary>Which values of a metric are better.</summary>
public enum MetricDirection
{
    /// <summary>Small values are better, as with the Fréchet distance.</summary>
    LowerIsBetter,

    /// <summary>Large values are better, as with the Inception score.</summary>
    HigherIsBetter,
}
