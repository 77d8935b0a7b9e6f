namespace AdversarialKit;

/// <summary>What one run of a step measured before its update, as plain numbers.</summary>
public sealed class StepNumbers
{
    private readonly IReadOnlyList<string> _names;
    private readonly double[] _values;

    internal StepNumbers(string step, IReadOnlyList<string> names, double[] values) => (Step, _names, _values) = (step, names, values);

    /// <summary>The step's name.</summary>
    public string Step { get; }

    /// <summary>The whole objective: all terms with their weights.</summary>
    public double Loss => Last(CompiledStep.LossName);

    /// <summary>The L2 norm of the gradient over all that the step trains, before clipping; NaN where it is not measured.</summary>
    public double GradientNorm => Last(CompiledStep.GradientNormName);

    /// <summary>The names of all terms and numbers that this run reported, in their order, without those of the two properties above.</summary>
    public IEnumerable<string> Names => _names.Where(name => name is not (CompiledStep.LossName or CompiledStep.GradientNormName));

    /// <summary>A term without its weight, or a number, by name.</summary>
    /// <param name="name">As the objective named it.</param>
    /// <returns>Its value; NaN where this run did not compute it, as a term that comes every so many runs.</returns>
    public double this[string name] => Last(name);

    /// <summary>All terms and numbers but some, by name.</summary>
    internal IReadOnlyDictionary<string, double> Without(params ReadOnlySpan<string> others)
    {
        List<KeyValuePair<string, double>>? rest = null;
        for (var i = 0; i < _values.Length; i++)
        {
            if (_names[i] is not (CompiledStep.LossName or CompiledStep.GradientNormName) && !others.Contains(_names[i]))
            {
                (rest ??= []).Add(new(_names[i], _values[i]));
            }
        }

        return rest is null ? NumbersByName.None : new NumbersByName(rest);
    }

    /// <summary>The norm of the first update's gradient, where the step has two.</summary>
    internal double FirstGradientNorm
    {
        get
        {
            var first = _names.ToList().IndexOf(CompiledStep.GradientNormName);
            return first >= 0 && first < _names.Count - 1 ? _values[first] : double.NaN;
        }
    }

    /// <summary>Whether this run computed a term or number.</summary>
    /// <param name="name">As the objective named it.</param>
    /// <returns>False for one that was not due.</returns>
    public bool Has(string name) => _names.Contains(name);

    // From behind: where a step has two updates, the second one's loss and norm stand for both.
    private double Last(string name)
    {
        for (var i = _values.Length - 1; i >= 0; i--)
        {
            if (_names[i] == name)
            {
                return _values[i];
            }
        }

        return double.NaN;
    }
}
