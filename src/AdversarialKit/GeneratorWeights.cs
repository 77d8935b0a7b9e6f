namespace AdversarialKit;

/// <summary>Which weights samples are made with.</summary>
public enum GeneratorWeights
{
    /// <summary>The averaged ones where <see cref="GanBuilder.WithGeneratorAverage"/> was called, else the live ones.</summary>
    Average,

    /// <summary>Those that training moves.</summary>
    Live,
}
