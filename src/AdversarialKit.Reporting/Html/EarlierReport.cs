using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace AdversarialKit;

/// <summary>
/// What the report of an earlier part of a run shows, read back from its page: the page is all that a report keeps of a run, so
/// nothing can be at odds with it. The file may be damaged or anybody's: what does not hold is refused as a whole.
/// </summary>
internal sealed record EarlierReport
{
    /// <summary>A page of 24 sheets has a few MB.</summary>
    private const long LongestPage = 64 << 20;

    private const int MostDiagnoses = 1_000;

    public IReadOnlyList<EarlierCurve> Curves { get; private init; } = [];

    public IReadOnlyList<SampleShow> Shows { get; private init; } = [];

    public long SheetInterval { get; private init; }

    public IReadOnlyList<Diagnosis> Diagnoses { get; private init; } = [];

    /// <summary>Why nothing was read, in a sentence; null where all was, or there is no file.</summary>
    public string? Fault { get; private init; }

    /// <summary>Reads what a run with a seed, which goes on from an iteration, shows already.</summary>
    public static EarlierReport Read(string path, long seed, long iteration)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                return new EarlierReport();
            }

            // A pipe or a device has no length, and reading it would not end.
            file = (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            Require(file.Length is > 0 and <= LongestPage, FormattableString.Invariant($"it has {file.Length} bytes"));
            return Parse(Load(path), seed, iteration);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or XmlException or JsonException or FormatException
            or OverflowException or InvalidOperationException or KeyNotFoundException or UnauthorizedAccessException)
        {
            return new EarlierReport
            {
                Fault = $"The run goes on from iteration {iteration}, and so does this report: what was in its place could not be gone on with ({error.Message.TrimEnd('.')}).",
            };
        }
    }

    /// <exception cref="InvalidDataException">The condition does not hold.</exception>
    public static void Require(bool holds, string fault)
    {
        if (!holds)
        {
            throw new InvalidDataException(fault);
        }
    }

    private static XDocument Load(string path)
    {
        // The page is XML too. Its document type names nothing to load, and nothing would be loaded.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersInDocument = LongestPage };
        using var reader = XmlReader.Create(path, settings);
        return XDocument.Load(reader);
    }

    private static EarlierReport Parse(XDocument page, long seed, long iteration)
    {
        var script = page.Descendants().SingleOrDefault(e => e.Name.LocalName == "script" && (string?)e.Attribute("id") == "data");
        Require(script is not null, "it is no report");
        using var data = JsonDocument.Parse(script!.Value);
        var root = data.RootElement;
        Require(root.TryGetProperty("seed", out var owner), "it is no report that can be gone on with");
        Require(owner.GetInt64() == seed, FormattableString.Invariant($"it is of a run with the seed {owner.GetInt64()}"));
        var reached = root.GetProperty("iteration").GetInt64();
        var samples = page.Descendants().FirstOrDefault(e => e.Name.LocalName == "section" && (string?)e.Attribute("id") == "samples");
        return new EarlierReport
        {
            Curves = EarlierCurves.Read(root.GetProperty("charts"), reached, iteration),
            Shows = samples is null ? [] : EarlierShows.Read(samples),
            SheetInterval = samples?.Attribute("data-interval") is { } interval ? Number(interval) : 0,
            Diagnoses = [.. DiagnosesOf(page).Where(diagnosis => diagnosis.Iteration <= iteration)],
        };
    }

    private static IEnumerable<Diagnosis> DiagnosesOf(XDocument page) =>
        from item in page.Descendants().Where(e => e.Name.LocalName == "li" && e.Attribute("data-kind") is not null).Take(MostDiagnoses)
        let kind = Enum.TryParse<DiagnosisKind>(item.Attribute("data-kind")!.Value, out var known) && Enum.IsDefined(known)
            ? known
            : throw new InvalidDataException("it names a finding that there is not")
        let message = string.Concat(item.Nodes().SkipWhile(node => node is not XElement { Name.LocalName: "br" }).OfType<XText>().Select(text => text.Value))
        select new Diagnosis(kind, Number(item.Attribute("data-iteration") ?? throw new InvalidDataException("it lacks an iteration")), message);

    /// <summary>A number that is not negative.</summary>
    public static long Number(XAttribute attribute) => long.Parse(attribute.Value, NumberStyles.None, CultureInfo.InvariantCulture);
}
