namespace AdversarialKit;

/// <summary>The figures of a <see cref="QualityReport"/> by which one set of samples can be better than another.</summary>
public enum QualityFigure
{
    /// <summary><see cref="QualityReport.Frechet"/>; lower is better.</summary>
    Frechet,

    /// <summary><see cref="QualityReport.Kernel"/>; lower is better.</summary>
    Kernel,

    /// <summary><see cref="QualityReport.Precision"/>; higher is better.</summary>
    Precision,

    /// <summary><see cref="QualityReport.Recall"/>; higher is better.</summary>
    Recall,

    /// <summary><see cref="QualityReport.Density"/>; higher is better.</summary>
    Density,

    /// <summary><see cref="QualityReport.Coverage"/>; higher is better.</summary>
    Coverage,

    /// <summary><see cref="QualityReport.Score"/>; higher is better. Needs class probabilities.</summary>
    Score,

    /// <summary><see cref="QualityReport.Modes"/>; higher is better. Needs class probabilities.</summary>
    Modes,

    /// <summary><see cref="QualityReport.ClassDivergence"/>; lower is better. Needs class probabilities.</summary>
    ClassDivergence,
}
