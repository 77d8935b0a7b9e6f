namespace AdversarialKit;

/// <summary>A layer that scales its weights itself: how they start is a part of what it is.</summary>
internal interface IEqualized
{
    /// <summary>The deviation of the weights at the start.</summary>
    double StartDeviation { get; }
}
