using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace AdversarialKit;

/// <summary>A synthesizer as one file: a zip of its description and of the generator's weights.</summary>
internal static class SynthesizerFile
{
    private const string Description = "table.json";
    private const string Weights = "generator.safetensors";
    private const int Version = 1;

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static void Save(string path, TableModel model, SynthesizerSettings settings, long written)
    {
        var (full, folder) = (Path.GetFullPath(path), Directory.CreateTempSubdirectory("tables-"));
        try
        {
            var state = new SynthesizerState(
                Version,
                model.Plan.Culture.Name,
                model.Settings,
                [.. model.Plan.Columns.Select(ColumnState.Of)],
                [.. model.Shares],
                model.Calibration?.State,
                [.. settings.Rules.Select(rule => rule.Name)],
                settings.RejectionLimit,
                settings.Seed,
                written);
            File.WriteAllText(Path.Combine(folder.FullName, Description), JsonSerializer.Serialize(state, Json));
            Safetensors.Save(Path.Combine(folder.FullName, Weights), model.Generator.state_dict());
            using var file = new ReplacingFile(full);
            ZipFile.CreateFromDirectory(folder.FullName, file.Stream);
            file.Complete();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static TableSynthesizer Load(string path, IReadOnlyList<TableRule> rules)
    {
        NativeTorch.EnsureLoaded();
        var folder = Directory.CreateTempSubdirectory("tables-");
        try
        {
            var state = Read(path, folder.FullName);
            if (state.Rules.Except(rules.Select(rule => rule.Name)).ToList() is { Count: > 0 } missing)
            {
                throw new TableException($"'{path}' was fitted with the rules {Text.List(missing)}, whose code no file can hold; give them to Load.");
            }

            var model = Rebuild(state);
            _ = Safetensors.LoadInto(Path.Combine(folder.FullName, Weights), model.Generator);
            return new TableSynthesizer(model, new SynthesizerSettings { Rules = rules, RejectionLimit = state.RejectionLimit, Seed = state.Seed }, fit: null, state.Written);
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException or CheckpointException or ArgumentException or CultureNotFoundException or FileNotFoundException && File.Exists(path))
        {
            throw new TableException($"'{path}' is not what TableSynthesizer.Save writes, or is damaged: {fault.Message} Save the synthesizer again.", row: null, column: null, fault);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static SynthesizerState Read(string path, string folder)
    {
        ZipFile.ExtractToDirectory(path, folder);
        var state = JsonSerializer.Deserialize<SynthesizerState>(File.ReadAllText(Path.Combine(folder, Description)), Json);
        return state is { Version: Version, Columns.Count: > 0 }
            ? state
            : throw new InvalidDataException($"Its description is of version {state?.Version.ToString(CultureInfo.InvariantCulture) ?? "none"}, not {Version}.");
    }

    private static TableModel Rebuild(SynthesizerState state)
    {
        var culture = CultureInfo.GetCultureInfo(state.Culture);
        var plan = new TablePlan([.. state.Columns.Select(column => column.ToPlan(culture))], culture);
        var codecs = plan.Learned.Select(column => column.Codec!).ToList();
        var model = new TableModel(plan, state.Settings.Generator(codecs), state.Settings, state.Shares);
        model.Calibration = state.Calibration is { } calibration ? new Calibration(calibration, codecs) : null;
        return model;
    }
}
