using System.Globalization;

namespace AdversarialKit;

/// <summary>
/// One way of writing one digit: the points that the pen passes, in percent of a box with y pointing down. Points
/// follow one another along a smooth curve; <c>^</c> after a point is a sharp turn, <c>/</c> lifts the pen.
/// </summary>
internal sealed class DigitShape
{
    private static readonly DigitShape[][] _all =
    [
        [
            new(6, "52,2 24,15 10,50 24,86 50,98 78,84 90,50 77,15 50,3 40,8"),
            new(3, "68,8 40,4 14,40 20,84 48,98 82,74 88,32 70,6 46,10"),
        ],
        [
            new(6, "51,0 50,50 49,100"),
            new(3, "30,26 42,16 54,2^ 53,50 52,100"),
            new(1, "30,24 42,15 52,2^ 51,50 50,99^ / 24,99 50,98 80,98"),
        ],
        [
            new(5, "14,24 32,5 60,3 76,24 64,52 38,77 14,97^ 50,95 90,94"),
            new(4, "18,20 42,3 70,10 72,34 50,66 24,93 10,88 20,75 44,84 64,95 92,90"),
            new(2, "16,16 44,2 74,14 72,42 48,74 16,97^ 48,93 84,97"),
        ],
        [
            new(6, "16,14 42,2 70,9 72,30 40,46^ 72,54 84,76 56,97 14,90"),
            new(3, "18,8 48,1 78,14 66,38 42,46 70,52 82,74 60,97 18,93"),
            new(1, "16,5 48,4 80,3^ 60,24 42,40^ 72,50 84,74 58,97 14,91"),
        ],
        [
            new(5, "26,4 22,28 16,54^ 48,54 86,48 / 76,2 71,50 66,100"),
            new(3, "66,2 40,30 10,66^ 48,67 92,65 / 67,2^ 66,50 64,100"),
            new(3, "24,8 14,38 24,54 52,50 72,36 80,6^ 74,50 66,100"),
        ],
        [
            new(5, "80,4 54,5 30,6^ 26,24 22,44^ 52,38 80,58 74,86 46,98 14,90"),
            new(3, "32,8 28,26 24,46^ 54,42 78,62 70,90 42,98 14,88 / 31,8 60,7 90,2"),
        ],
        [
            new(5, "72,2 42,20 20,56 24,88 50,98 76,84 72,62 48,56 24,74"),
            new(3, "56,0 34,32 18,70 34,96 64,94 76,74 58,60 34,66 22,82"),
        ],
        [
            new(5, "12,10 48,7 86,4^ 68,42 46,100"),
            new(2, "12,9 48,7 86,5^ 66,46 46,100 / 34,52 58,50 84,47"),
            new(2, "12,24 16,8^ 50,8 86,5^ 62,46 50,100"),
        ],
        [
            new(5, "76,16 50,2 26,16 36,38 64,56 76,80 50,98 24,84 36,60 64,40 78,18 62,5"),
            new(3, "54,48 28,34 30,10 54,2 74,16 66,38 46,52 24,78 44,98 72,92 76,70 50,46"),
        ],
        [
            new(5, "76,18 52,3 24,18 22,42 48,48 70,34 78,14^ 74,54 66,100"),
            new(3, "74,12 46,3 22,24 32,45 58,42 76,14^ 79,52 64,90 28,97"),
            new(2, "70,10 42,4 24,26 36,44 62,34 74,12 70,52 58,100"),
        ],
    ];

    private readonly double _weight;

    private DigitShape(double weight, string path)
    {
        _weight = weight;
        Strokes = [.. path.Split('/').Select(ParseStroke)];
    }

    /// <summary>The strokes, each an unbroken line of the pen.</summary>
    public IReadOnlyList<StrokePoint[]> Strokes { get; }

    /// <summary>One of the ways of writing <paramref name="digit"/>, common ones more often.</summary>
    public static DigitShape Pick(int digit, double chance)
    {
        var shapes = _all[digit];
        var left = chance * shapes.Sum(shape => shape._weight);
        foreach (var shape in shapes)
        {
            left -= shape._weight;
            if (left < 0)
            {
                return shape;
            }
        }

        return shapes[^1];
    }

    private static StrokePoint[] ParseStroke(string stroke) =>
        [.. stroke.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word != "^").Select(ParsePoint)];

    private static StrokePoint ParsePoint(string word)
    {
        var numbers = word.TrimEnd('^').Split(',');
        var x = double.Parse(numbers[0], CultureInfo.InvariantCulture) / 100;
        var y = double.Parse(numbers[1], CultureInfo.InvariantCulture) / 100;
        return new StrokePoint(x, y, word.EndsWith('^'));
    }
}
