namespace AdversarialKit;

/// <summary>Which part of a data set.</summary>
public enum DataSetPart
{
    /// <summary>The images to learn from.</summary>
    Training,

    /// <summary>The images to judge by.</summary>
    Test,
}
