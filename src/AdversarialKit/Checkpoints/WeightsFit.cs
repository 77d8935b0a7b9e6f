namespace AdversarialKit;

/// <summary>Which tensor of a file belongs to which of a module, before any is copied.</summary>
internal sealed class WeightsFit
{
    private readonly List<(Tensor From, Tensor To)> _pairs = [];
    private readonly List<string> _loaded = [];
    private readonly List<string> _converted = [];
    private readonly List<string> _missing = [];
    private readonly List<string> _mismatched = [];
    private readonly List<string> _surplus;

    private WeightsFit(List<string> surplus) => _surplus = surplus;

    public WeightsReport Report => new()
    {
        Loaded = _loaded,
        Converted = _converted,
        Missing = _missing,
        Surplus = _surplus,
        Mismatched = _mismatched,
    };

    /// <exception cref="ArgumentException"><paramref name="rename"/> gives two tensors one name.</exception>
    public static WeightsFit Of(
        IReadOnlyDictionary<string, Tensor> file, IReadOnlyDictionary<string, Tensor> module, Func<string, string?> rename)
    {
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in file.Keys)
        {
            if (rename(name) is { } renamed && !sources.TryAdd(renamed, name))
            {
                throw new ArgumentException(
                    $"Both {DisplayText.Quote(sources[renamed])} and {DisplayText.Quote(name)} are renamed to {DisplayText.Quote(renamed)}; each needs a name of its own, or null to leave it out.",
                    nameof(rename));
            }
        }

        var fit = new WeightsFit([.. sources.Where(source => !module.ContainsKey(source.Key)).Select(source => source.Value)]);
        foreach (var (name, target) in module)
        {
            fit.Add(name, sources.TryGetValue(name, out var source) ? file[source] : null, target);
        }

        return fit;
    }

    public void Copy()
    {
        using var noGrad = no_grad();
        foreach (var (from, to) in _pairs)
        {
            using var shaped = from.reshape(to.shape);
            to.copy_(shaped);
        }
    }

    private void Add(string name, Tensor? source, Tensor target)
    {
        if (source is null)
        {
            _missing.Add(name);
        }
        else if (!SameShape(source, target) || (source.dtype != target.dtype && !(source.is_floating_point() && target.is_floating_point())))
        {
            _mismatched.Add($"{DisplayText.Quote(name)} is {Describe(source)} in the file and {Describe(target)} in the module.");
        }
        else
        {
            _loaded.Add(name);
            _pairs.Add((source, target));
            if (source.dtype != target.dtype)
            {
                _converted.Add($"{DisplayText.Quote(name)} is {Describe(source)} in the file and was converted to {SafetensorsTypes.Name(target.dtype)}.");
            }
        }
    }

    // A single number may be of shape [] or [1]: both libraries count batches, but not alike.
    private static bool SameShape(Tensor source, Tensor target) =>
        source.shape.AsSpan().SequenceEqual(target.shape)
        || (source.numel() == 1 && target.numel() == 1 && source.dim() <= 1 && target.dim() <= 1);

    private static string Describe(Tensor tensor) => DisplayText.Tensor(tensor.dtype, tensor.shape);
}
