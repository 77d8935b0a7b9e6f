namespace AdversarialKit;

/// <summary>How a <see cref="PictureJudge"/> learns, and what it says on the way.</summary>
public sealed record PictureJudgeOptions
{
    /// <summary>
    /// Real pictures that neither the judge nor a GAN learns from: its accuracy is measured on them, they are an anchor, and copies of training
    /// pictures can be told. Remains the caller's and must live as long as the judge.
    /// </summary>
    /// <value>Null by default: the accuracy is measured on a sixth of the data that the judge does not learn from, and copies are not looked for.</value>
    public ImageDataSet? Test { get; init; }

    /// <summary>Whether it learns the classes. Otherwise it learns how pictures were turned, for which no label is needed; then there are no figures of classes.</summary>
    /// <value>Null by default: where the data has at least two classes.</value>
    public bool? LearnsClasses { get; init; }

    /// <summary>
    /// How many pictures in a row stay in one share, be it learned from or compared with. Neighbours are often of one kind: MNIST's training
    /// set takes turns between two groups of writers, and every sixth picture would be of one group alone.
    /// </summary>
    /// <value>2 by default; at least 1. Give the length of the series where pictures come in series, such as frames of a film.</value>
    public int KeepTogether { get; init; } = 2;

    /// <summary>Passes over the pictures that it learns from.</summary>
    /// <value>4 by default; at least 1.</value>
    public int Epochs { get; init; } = 4;

    /// <summary>Pictures in a batch.</summary>
    /// <value>128 by default; at least 2.</value>
    public int BatchSize { get; init; } = 128;

    /// <summary>The highest learning rate: it rises to it in the first tenth and then falls along a cosine.</summary>
    /// <value>4e-3 by default; at least 0.</value>
    public double LearningRate { get; init; } = 4e-3;

    /// <summary>The share of held-out pictures that it must name rightly. What sees little makes all pictures look alike.</summary>
    /// <value>0 by default: any judge serves, and <see cref="JudgeFacts.Accuracy"/> says how good it is. 0 to 1.</value>
    public double LeastAccuracy { get; init; }

    /// <summary>The most pictures of a set that are compared: a comparison of pairs takes the square of it.</summary>
    /// <value>10,000 by default; 10 to 50,000.</value>
    public int MostSamples { get; init; } = 10_000;

    /// <summary>What the data is, for people; it stands in <see cref="JudgeFacts.Data"/>.</summary>
    /// <value>Null by default: number and size of the pictures.</value>
    public string? Description { get; init; }

    /// <summary>Told what goes on, on the thread that works.</summary>
    /// <value>Null by default.</value>
    public IProgress<JudgeProgress>? Progress { get; init; }
}
