using System.Text.Json;

namespace AdversarialKit;

/// <summary>Check values of a network: what its file's digest is, and what it makes of two pictures that a formula draws.</summary>
/// <param name="Path">The file that they come from.</param>
/// <param name="Sha256">The digest of the network's file.</param>
/// <param name="Features">A row for each picture.</param>
internal sealed record InceptionCheck(string Path, string Sha256, double[][] Features)
{
    public const int Pictures = 2;

    /// <summary>Of the largest feature. Other processors and versions round otherwise; another network is off by its whole size.</summary>
    private const double Tolerance = 1e-3;

    /// <exception cref="InvalidDataException">It holds something else.</exception>
    public static InceptionCheck Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file of check values '{path}'. Write one with tools/inception_check.py.", path);
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var features = json.RootElement.GetProperty("features").EnumerateArray()
                .Select(row => row.EnumerateArray().Select(number => number.GetDouble()).ToArray()).ToArray();
            var sha256 = json.RootElement.GetProperty("sha256").GetString()!;
            return features.Length == Pictures ? new(path, sha256, features) : throw new InvalidDataException(Message(path, $"has features of {features.Length} pictures in place of {Pictures}"));
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(Message(path, $"holds no check values ({error.Message.TrimEnd('.')})"), error);
        }
    }

    /// <summary>The pictures, bytes [2, 3, 299, 299].</summary>
    public static Tensor Images()
    {
        var bytes = new byte[Pictures * InceptionInput.Length];
        for (var i = 0; i < bytes.Length; i++)
        {
            var (x, y, channel, picture) = (i % InceptionInput.Side, i / InceptionInput.Side % InceptionInput.Side,
                i / (InceptionInput.Side * InceptionInput.Side) % 3, i / InceptionInput.Length);
            bytes[i] = (byte)((7 * x) + (13 * y) + (29 * channel) + (53 * picture) + ((x * y) >> 5));
        }

        return tensor(bytes, ScalarType.Byte).reshape(Pictures, 3, InceptionInput.Side, InceptionInput.Side);
    }

    /// <exception cref="InvalidDataException">The network is another one, or is not computed rightly here.</exception>
    public void Require(string network, string sha256, double[][] features)
    {
        if (!sha256.Equals(Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException($"'{network}' is not the network that '{Path}' was written for: its SHA-256 is {sha256} and not {Sha256}. Use that network, or check values of this one.");
        }

        if (features[0].Length != Features[0].Length || features[0].Length != Features[1].Length)
        {
            throw new InvalidDataException($"'{network}' gives {features[0].Length} features and '{Path}' has {Features[0].Length}. Write the check values again, with the same range.");
        }

        var most = Features.SelectMany(row => row).Max(Math.Abs);
        for (var picture = 0; picture < Pictures; picture++)
        {
            for (var i = 0; i < features[picture].Length; i++)
            {
                var (found, wanted) = (features[picture][i], Features[picture][i]);
                if (!(Math.Abs(found - wanted) <= Tolerance * most))
                {
                    throw new InvalidDataException(FormattableString.Invariant(
                        $"'{network}' does not give the check values of '{Path}': feature {i} of picture {picture} is {found:G6} and should be {wanted:G6}. Is the range the same?"));
                }
            }
        }
    }

    private static string Message(string path, string what) => $"'{path}' {what}. Write it with tools/inception_check.py.";
}
