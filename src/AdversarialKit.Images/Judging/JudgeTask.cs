namespace AdversarialKit;

/// <summary>What a judge learns to tell: the classes of pictures, or, without labels, how they were turned.</summary>
/// <remarks>
/// Turned pictures as the task: Gidaris, Singh and Komodakis, "Unsupervised Representation Learning by Predicting Image Rotations" (2018),
/// https://arxiv.org/abs/1803.07728. Pictures that are not square cannot be turned by a quarter; they are mirrored instead.
/// </remarks>
internal sealed class JudgeTask
{
    private const int Turns = 4;

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

        return options.LearnsClasses ?? (classes >= 2) ? new JudgeTask(true, classes) : new JudgeTask(false, Turns);
    }

    /// <summary>The question and the right answers: pictures as they are and their classes, or each quarter of the pictures turned its own way.</summary>
    public (Tensor Pictures, Tensor Answers) Ask(Tensor pictures, Tensor labels)
    {
        if (LearnsClasses)
        {
            return (pictures, labels);
        }

        var (parts, answers) = (new List<Tensor>(), new List<long>());
        var count = pictures.shape[0];
        for (var turn = 0; turn < Turns; turn++)
        {
            var (from, to) = (count * turn / Turns, count * (turn + 1) / Turns);
            parts.Add(Turned(pictures.narrow(0, from, to - from), turn));
            answers.AddRange(Enumerable.Repeat((long)turn, (int)(to - from)));
        }

        return (cat(parts), tensor(answers.ToArray()));
    }

    private static Tensor Turned(Tensor pictures, int turn)
    {
        var isSquare = pictures.shape[2] == pictures.shape[3];
        return turn switch
        {
            0 => pictures,
            1 => isSquare ? pictures.transpose(2, 3).flip(2) : pictures.flip(2),
            2 => pictures.flip(2, 3),
            _ => isSquare ? pictures.transpose(2, 3).flip(3) : pictures.flip(3),
        };
    }
}
