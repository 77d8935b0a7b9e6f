namespace AdversarialKit;

/// <content>The terms of the objective, and numbers beside it.</content>
public sealed partial class StepContext
{
    private readonly List<(string Name, Tensor Value)> _measured = [];
    private Tensor? _total;

    /// <summary>Adds a term to what this step minimises.</summary>
    /// <param name="name">The name under which its value, without the weight, is reported.</param>
    /// <param name="value">A scalar.</param>
    /// <param name="weight">Its weight, finite. Default: 1.</param>
    /// <exception cref="ArgumentException">The name stands already, the value is no scalar, or the weight is not finite.</exception>
    public void Add(string name, Tensor value, double weight = 1)
    {
        RequireScalar(name, value);
        if (!double.IsFinite(weight))
        {
            throw new ArgumentException($"The term '{name}' of the step '{_step.Name}' has the weight {Text.Number(weight)}; it must be a finite number.", nameof(weight));
        }

        Measure(name, value);
        AddToTotal(weight == 1 ? value : value * weight);
    }

    /// <summary>
    /// Adds a term that comes every so many runs of the step and then counts as often, so that its mean strength does not depend on the
    /// interval (lazy regularization, Karras et al. 2020, "Analyzing and Improving the Image Quality of StyleGAN", section 3.1). In other
    /// runs nothing is computed and nothing reported.
    /// </summary>
    /// <param name="interval">Runs of the step between two times, at least 1; the first run is one of them.</param>
    /// <param name="name">The name under which its value, without weight and interval, is reported.</param>
    /// <param name="value">Computes the scalar.</param>
    /// <param name="weight">Its weight, finite. Default: 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The name stands already, the value is no scalar, or the weight is not finite.</exception>
    public void AddEvery(int interval, string name, Func<Tensor> value, double weight = 1)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (IsDue(interval))
        {
            Add(name, value(), weight * interval);
        }
    }

    /// <summary>Whether something that comes every so many runs of this step comes in this one.</summary>
    /// <param name="interval">At least 1; the first run is one of them.</param>
    /// <returns>Whether <see cref="StepsMade"/> is a multiple of it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is below 1.</exception>
    public bool IsDue(int interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, 1);
        return StepsMade % interval == 0;
    }

    /// <summary>Adds a penalty on a discriminator that this step trains, by a pass of its own over real samples and fakes.</summary>
    /// <param name="name">The name under which its value, without the weight, is reported.</param>
    /// <param name="penalty">The penalty.</param>
    /// <param name="discriminator">Maps a batch to logits, by <c>Forward</c> of this context.</param>
    /// <param name="real">Real samples <c>[N, ...]</c>.</param>
    /// <param name="fake">Fakes <c>[N, ...]</c>; their graph is cut.</param>
    /// <param name="weight">Its weight, finite.</param>
    /// <param name="interval">Runs of the step between two times, at least 1; it then counts as often. Default: 1.</param>
    /// <exception cref="ArgumentException">The name stands already, the penalty is no scalar, or the weight is not finite.</exception>
    public void AddPenalty(
        string name, IDiscriminatorPenalty penalty, Func<Tensor, Tensor> discriminator, Tensor real, Tensor fake, double weight, int interval = 1)
    {
        ArgumentNullException.ThrowIfNull(penalty);
        ArgumentNullException.ThrowIfNull(discriminator);
        AddEvery(interval, name, () => PenaltyContext.Compute(penalty, discriminator, real, fake, Random, Part), weight);
    }

    /// <summary>Reports a number beside the objective, such as an accuracy. All numbers of an iteration leave the device at once.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">A scalar; with gradient accumulation the mean over the parts is reported.</param>
    /// <exception cref="ArgumentException">The name stands already, or the value is no scalar.</exception>
    public void Measure(string name, Tensor value)
    {
        RequireScalar(name, value);
        if (name is CompiledStep.LossName or CompiledStep.GradientNormName || _measured.Exists(entry => entry.Name == name))
        {
            throw new ArgumentException($"The step '{_step.Name}' reports '{name}' twice; give each term and number a name of its own.", nameof(name));
        }

        _measured.Add((name, value));
    }

    /// <summary>Adds to the objective what is reported otherwise.</summary>
    internal void AddToTotal(Tensor value) => _total = _total is null ? value : _total + value;

    internal IReadOnlyList<string> MeasuredNames => [CompiledStep.LossName, .. _measured.Select(entry => entry.Name)];

    internal Tensor Total => _total ?? throw new InvalidOperationException(
        $"The objective of the step '{_step.Name}' added no term in this run. Call Add(name, value) for what the step minimises.");

    /// <summary>The total and all numbers as one vector, each by this part's share.</summary>
    internal Tensor Stack()
    {
        var row = new Tensor?[_measured.Count + 1];
        row[0] = Total;
        for (var i = 0; i < _measured.Count; i++)
        {
            row[i + 1] = _measured[i].Value;
        }

        var stacked = Scalars.Stack(row);
        return _batch.Share == 1 ? stacked : stacked * _batch.Share;
    }

    internal Tensor RequireScalar(string name, Tensor value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        if (value.dim() != 0)
        {
            throw new ArgumentException(
                $"The step '{_step.Name}' gave '{name}' as a tensor of shape {Text.Shape(value)}; it must be a scalar. Take its mean().", nameof(value));
        }

        return value;
    }
}
