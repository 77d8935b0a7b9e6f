using System.Globalization;
using System.Xml.Linq;
using static AdversarialKit.EarlierReport;

namespace AdversarialKit;

/// <summary>The samples of an earlier page: its pictures as they are, its points from the path that draws them.</summary>
internal static class EarlierShows
{
    private const int MostShows = 10 * SampleHistory.Capacity;
    private const int MostCoordinates = 200_000;
    private const int LongestSide = 10_000;
    private const string DataOfPng = "data:image/png;base64,";

    private static readonly byte[] _signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static IReadOnlyList<SampleShow> Read(XElement section)
    {
        var figures = section.Descendants().Where(e => e.Name.LocalName == "figure").Take(MostShows + 1).ToList();
        Require(figures.Count <= MostShows, "it has too many samples");
        List<SampleShow> shows = [.. figures.Select(Show)];
        Require(shows.Zip(shows.Skip(1)).All(pair => pair.First.Iteration < pair.Second.Iteration), "its samples go back in time");
        return shows;
    }

    private static SampleShow Show(XElement figure)
    {
        var iteration = Number(Attribute(figure, "data-iteration"));
        var picture = figure.Elements().First();
        return picture.Name.LocalName == "img"
            ? new SampleShow(iteration, Image(picture), [])
            : new SampleShow(iteration, null, Points(picture));
    }

    private static SheetImage Image(XElement picture)
    {
        var source = Attribute(picture, "src").Value;
        Require(source.StartsWith(DataOfPng, StringComparison.Ordinal), "a picture is not in the page");
        var png = Convert.FromBase64String(source[DataOfPng.Length..]);
        var (width, height) = (Number(Attribute(picture, "width")), Number(Attribute(picture, "height")));
        Require(png.AsSpan().StartsWith(_signature) && width is > 0 and <= LongestSide && height is > 0 and <= LongestSide, "a picture is none");
        return new SheetImage(png, (int)width, (int)height);
    }

    /// <summary>A path of "Mx yh0" for each point, in hundredths of the range, y downwards.</summary>
    private static List<float> Points(XElement picture)
    {
        var range = double.Parse(Attribute(picture, "data-range").Value, NumberStyles.Float, CultureInfo.InvariantCulture);
        var path = picture.Elements().Last().Attribute("d") ?? throw new InvalidDataException("points are missing");
        var numbers = path.Value.Split(["M", " ", "h0"], StringSplitOptions.RemoveEmptyEntries);
        Require(numbers.Length <= MostCoordinates && numbers.Length % 2 == 0 && range is > 0 and < float.MaxValue, "points are damaged");
        return [.. numbers.Select((number, i) =>
            (float)((i % 2 == 0 ? 1 : -1) * double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture) * range / 100))];
    }

    private static XAttribute Attribute(XElement element, string name) =>
        element.Attribute(name) ?? throw new InvalidDataException($"'{name}' is missing");
}
