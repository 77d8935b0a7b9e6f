using System.Globalization;
using System.Text;
using static AdversarialKit.ReportFormat;

namespace AdversarialKit;

/// <summary>The report as a page. It is well-formed XML too, names no other file, and reads without its script.</summary>
internal static class ReportPage
{
    public static string Render(ReportContent content, DateTime nowUtc) => ReportAssets.Fill(new Dictionary<string, string>
    {
        ["style"] = ReportAssets.Style,
        ["script"] = ReportAssets.Script,
        ["data"] = ReportData.Of(content),
        ["title"] = Html(content.Title),
        ["status"] = Status(content),
        ["subtitle"] = Html(Subtitle(content)),
        ["message"] = Message(content),
        ["tiles"] = Tiles(content),
        ["evaluations"] = ReportEvaluations.Render(content.Evaluations),
        ["samples"] = ReportSamples.Render(content.Samples),
        ["diagnoses"] = Diagnoses(content.Diagnoses),
        ["configuration"] = Table(ConfigurationRows(content.Configuration)),
        ["environment"] = Table(content.Environment),
        ["rendered"] = Html(nowUtc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC"),
    });

    private static string Status(ReportContent content)
    {
        var (style, text) = content.Result?.Reason switch
        {
            null => ("running", "running"),
            StopReason.Completed => ("good", "completed"),
            StopReason.Cancelled => ("warning", "cancelled"),
            StopReason.TimeLimit => ("warning", "time limit reached"),
            StopReason.Diverged => ("bad", "diverged"),
            var other => ("warning", Html(other.ToString()!)),
        };
        return $"<span class=\"status {style}\">{text}</span>";
    }

    private static string Subtitle(ReportContent content)
    {
        var progress = content.Progress;
        if (content.Result is { } result)
        {
            return $"{Count(result.Iterations)} iterations in {Span(result.Elapsed)}";
        }

        if (progress is null)
        {
            return "Not an iteration yet";
        }

        var total = progress.TotalIterations > 0 ? $" of {Count(progress.TotalIterations)}" : "";
        var remaining = progress.Remaining is { } rest ? $", {Span(rest)} to go" : "";
        return $"Iteration {Count(progress.Iteration)}{total} after {Span(progress.Elapsed)}{remaining}";
    }

    private static string Message(ReportContent content)
    {
        var lines = new List<string>();
        if (content.Note is { } note)
        {
            lines.Add(Html(note));
        }

        if (content.Result?.Message is { Length: > 0 } message)
        {
            lines.Add(Html(message));
        }

        if (content.Result?.Checkpoint is { Length: > 0 } checkpoint)
        {
            lines.Add($"Last checkpoint: <code>{Html(checkpoint)}</code>");
        }

        return lines.Count == 0 ? "" : $"<p class=\"message\">{string.Join("<br />", lines)}</p>";
    }

    private static string Tiles(ReportContent content)
    {
        if (content.Progress is not { } progress)
        {
            return "";
        }

        (string Name, string Value)[] tiles =
        [
            .. content.IsOfAGan ? GanTiles(content, progress) : StepTiles(content, progress),
            ("Iterations a second", Value(progress.IterationsPerSecond)),
            ("Real samples seen", Count(progress.SamplesSeen)),
        ];
        return $"<dl class=\"tiles\">{string.Concat(tiles.Select(t => $"<div><dt>{Html(t.Name)}</dt><dd>{t.Value}</dd></div>"))}</dl>";
    }

    private static (string Name, string Value)[] GanTiles(ReportContent content, TrainingProgress progress)
    {
        var step = content.Result is { Last.Iteration: > 0 } result ? result.Last : progress.Step;
        return
        [
            ("Discriminator loss", Value(step.Discriminator.Loss)),
            ("Generator loss", Value(step.Generator.Loss)),
            ("Discriminator accuracy", Percent(step.Discriminator.Accuracy)),
            ("Generator learning rate", Value(progress.GeneratorLearningRate)),
        ];
    }

    private static IEnumerable<(string Name, string Value)> StepTiles(ReportContent content, TrainingProgress progress) =>
        from step in progress.LearningRates.Keys
        select ($"Loss of {step}", Value((content.Result?.LastResult ?? progress.Result!)[step].Loss));

    private static string Diagnoses(IReadOnlyList<Diagnosis> diagnoses)
    {
        if (diagnoses.Count == 0)
        {
            return "<p class=\"quiet\">Nothing to remark.</p>";
        }

        var text = new StringBuilder("<ul class=\"diagnoses\">");
        foreach (var diagnosis in diagnoses)
        {
            text.Append(CultureInfo.InvariantCulture, $"<li data-kind=\"{diagnosis.Kind}\" data-iteration=\"{diagnosis.Iteration}\"><b>{Name(diagnosis.Kind)}</b> <span class=\"quiet\">iteration {Count(diagnosis.Iteration)}</span><br />{Html(diagnosis.Message)}</li>");
        }

        return text.Append("</ul>").ToString();
    }

    private static string Name(DiagnosisKind kind) => kind switch
    {
        DiagnosisKind.DiscriminatorSaturated => "Discriminator saturated",
        DiagnosisKind.GeneratorCollapsed => "Generator collapsed",
        DiagnosisKind.LossPinned => "Loss pinned",
        DiagnosisKind.RangesDiffer => "Ranges differ",
        _ => Html(kind.ToString()),
    };

    /// <summary>A description is lines of "name: value"; a line without a name goes on the one before.</summary>
    private static List<(string Name, string Value)> ConfigurationRows(string description)
    {
        List<(string Name, string Value)> rows = [];
        foreach (var line in description.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            var name = colon < 0 ? "" : line[..colon];
            rows.Add((name.Length == 0 ? "" : char.ToUpperInvariant(name[0]) + name[1..], line[(colon < 0 ? 0 : colon + 1)..].Trim()));
        }

        return rows;
    }

    private static string Table(IReadOnlyList<(string Name, string Value)> rows) => rows.Count == 0
        ? "<p class=\"quiet\">Not known yet.</p>"
        : $"<table>{string.Concat(rows.Select(row => $"<tr><th scope=\"row\">{Html(row.Name)}</th><td>{Html(row.Value)}</td></tr>"))}</table>";
}
