namespace AdversarialKit;

/// <summary>What a judge learns to tell: the classes of pictures, or, without labels, how they were turned.</summary>
/// <remarks>
/// Turned pictures as the task: Gidaris, Singh and Komodakis, "Unsupervised Representation Learning by Predicting Image Rotations" (2018),
/// https://arxiv.org/abs/1803.07728. Here pictures may be mirrored as well, so that a square one has eight answers. One that is not square cannot be turned by a quarter;
/// it has the other four.
/// </remarks>
internal sealed class JudgeTask
{
    private const int TurnsOfSquares = 8;
    private const int TurnsOfOthers = 4;

    private JudgeTask(bool learnsClasses, int answers) => (LearnsClasses, Answers) = (learnsClasses, answers);

    public bool LearnsClasses { get; }

    /// <summary>How many answers there are.</summary>
    public int Answers { get; }

    /// <summary>What the numbers of the last layer are called in a file: a judge of another task does not pass for this one.</summary>
    public string HeadName => LearnsClasses ? "head." : "turns.";

    public static JudgeTask Of(ImageDataSet data, PictureJudgeOptions options)
    {
        var classes = data.ClassNames.Count;
        if (options.LearnsClasses == true && classes < 2)
        {
            throw new ArgumentException(
                $"The judge is to learn classes, but the data has {classes}. Give data with at least two, or leave {nameof(options.LearnsClasses)} out.", nameof(options));
        }

        return options.LearnsClasses ?? (classes >= 2) ? new JudgeTask(true, classes) : new JudgeTask(false, data.Images.shape[2] == data.Images.shape[3] ? TurnsOfSquares : TurnsOfOthers);
    }

    /// <summary>The question and the right answers: pictures as they are and their classes, or, in equal parts, the pictures turned and mirrored in each way.</summary>
    public (Tensor Pictures, Tensor Answers) Ask(Tensor pictures, Tensor labels)
    {
        if (LearnsClasses)
        {
            return (pictures, labels);
        }

        var (parts, answers) = (new List<Tensor>(), new List<long>());
        var count = pictures.shape[0];
        for (var turn = 0; turn < Answers; turn++)
        {
            var (from, to) = (count * turn / Answers, count * (turn + 1) / Answers);
            parts.Add(Turned(pictures.narrow(0, from, to - from), turn));
            answers.AddRange(Enumerable.Repeat((long)turn, (int)(to - from)));
        }

        return (cat(parts), tensor(answers.ToArray()));
    }

    // The first four leave width and height as they are.
    private static Tensor Turned(Tensor pictures, int turn) => turn switch
    {
        0 => pictures,
        1 => pictures.flip(2),
        2 => pictures.flip(3),
        3 => pictures.flip(2, 3),
        _ => Turned(pictures.transpose(2, 3), turn - TurnsOfOthers),
    };
}
