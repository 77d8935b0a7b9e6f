using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace MnistGan;

/// <summary>Options whose complaints say what was given and what is allowed.</summary>
internal static partial class ParsedOption
{
    public static Option<T> Number<T>(string name, T usual, T least, string description)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        new(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => usual, CustomParser = result => Parse(name, result, least, T.MaxValue) };

    public static Option<int?> OptionalNumber(string name, int most, string description) =>
        new(name) { Description = description, HelpName = "N", CustomParser = result => Parse(name, result, 1, most) };

    public static Option<string?> Text(string name, string? usual, string helpName, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = helpName };
        option.CustomParser = result => Checked(result, Word(result).Trim().Length > 0, Word(result), $"{name} must not be empty.");
        option.DefaultValueFactory = usual is null ? null : _ => usual;
        return option;
    }

    /// <summary>A text that may be left out: null where the option was not given, empty where it was given alone.</summary>
    public static Option<string?> OptionalText(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName, Arity = ArgumentArity.ZeroOrOne, CustomParser = result => result.Tokens is [var word] ? word.Value : "" };

    public static Option<string> Choice<T>(string name, T usual, string description)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(choice => choice.ToLowerInvariant()).ToArray();
        return Named(name, usual.ToString().ToLowerInvariant(), string.Join('|', names), description, names.Contains, $"one of {string.Join(", ", names)}");
    }

    public static Option<string> Device(string name, string usual) =>
        Named(name, usual, "DEVICE", "Where to train: cpu, cuda, cuda:1, mps.", DeviceName().IsMatch, "cpu, cuda, cuda:N or mps");

    private static Option<string> Named(string name, string usual, string helpName, string description, Func<string, bool> isAllowed, string allowed) => new(name)
    {
        Description = description,
        HelpName = helpName,
        DefaultValueFactory = _ => usual,
        CustomParser = result => Checked(result, isAllowed(Word(result)), Word(result), $"{name} must be {allowed}, but was '{Word(result)}'."),
    };

    private static T Parse<T>(string name, ArgumentResult result, T least, T most)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var parsed = T.TryParse(Word(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        var range = most == T.MaxValue ? $"of at least {least}" : $"from {least} to {most}";
        return Checked(result, parsed && value >= least && value <= most, value, $"{name} must be a whole number {range}, but was '{Word(result)}'.");
    }

    private static T Checked<T>(ArgumentResult result, bool good, T value, string complaint)
    {
        if (!good)
        {
            result.AddError(complaint);
        }

        return value;
    }

    private static string Word(ArgumentResult result) => result.Tokens[0].Value;

    [GeneratedRegex("^(cpu|mps|cuda(:[0-9]{1,3})?)$")]
    private static partial Regex DeviceName();
}
