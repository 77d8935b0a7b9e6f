using System.Globalization;

namespace AdversarialKit;

/// <summary>Fills in what the caller did not name.</summary>
internal static class Defaults
{
    /// <exception cref="ArgumentException">Names are missing, empty, or there twice.</exception>
    public static OnnxExportOptions Complete(OnnxExportOptions? options, nn.Module module, IReadOnlyList<string> inputs, string output)
    {
        options ??= new OnnxExportOptions();
        var complete = options with
        {
            InputNames = options.InputNames ?? inputs,
            OutputName = options.OutputName ?? output,
            GraphName = options.GraphName ?? module.GetType().Name,
        };
        var names = complete.InputNames.Append(complete.OutputName).ToArray();
        return names.Length == inputs.Count + 1 && names.Distinct().Count() == names.Length && !names.Any(string.IsNullOrEmpty)
            ? complete
            : throw new ArgumentException(
                $"The names are [{string.Join(", ", complete.InputNames)}] for inputs and '{complete.OutputName}' for the output; "
                + $"there must be {inputs.Count} for inputs and one for the output, none empty and none twice.",
                nameof(options));
    }

    public static OnnxExportOptions Of(Gan gan, bool averaged, OnnxExportOptions options)
    {
        var notes = new Dictionary<string, string>
        {
            ["iteration"] = gan.Iteration.ToString(CultureInfo.InvariantCulture),
            ["weights"] = averaged ? "average" : "live",
        };
        foreach (var (name, note) in options.Metadata)
        {
            notes[name] = note;
        }

        return options with { Metadata = notes };
    }
}
