namespace AdversarialKit;

/// <summary>
/// Mode-specific normalization (Xu et al. 2019, section 4.2): a number is a mode of the column's mixture, drawn by how likely each
/// one has it, and its distance from the mode's mean over four deviations. Values that many rows share are modes of their own
/// ("atoms"), and so is a missing value.
/// </summary>
internal sealed class NumberCodec : IColumnCodec
{
    private const double DeviationsToTheEdge = 4;
    private const double Edge = 0.999;

    private readonly NumberFormat _format;
    private readonly Dictionary<double, int> _atoms = [];

    public NumberCodec(NumberFormat format, NumberCodecState state)
    {
        (_format, State) = (format, state);
        for (var i = 0; i < state.Atoms.Count; i++)
        {
            _atoms[state.Atoms[i]] = state.Means.Count + i;
        }
    }

    public NumberCodecState State { get; }

    public int Codes => State.Means.Count + State.Atoms.Count + (State.HasMissing ? 1 : 0);

    public bool HasPosition => State.Means.Count > 0;

    /// <summary>How many codes have a position.</summary>
    public int Modes => State.Means.Count;

    private int Missing => State.Means.Count + State.Atoms.Count;

    public (int Code, float Position) Encode(string? cell, Random random)
    {
        if (cell is null)
        {
            return (Missing, 0);
        }

        var value = _format.Read(cell);
        return _atoms.TryGetValue(value, out var atom) ? (atom, 0) : EncodeByMode(value, random);
    }

    public int CodeOf(string? value) =>
        value is null ? (State.HasMissing ? Missing : -1)
        : _format.TryRead(value, out var number) && _atoms.TryGetValue(number, out var atom) ? atom : -1;

    public string? Decode(int code, double position, Random random) => Value(code, position) is { } value ? _format.Write(value) : null;

    /// <summary>The number before it is rounded to the column's step; null where it is missing.</summary>
    public double? Value(int code, double position) => code == Missing && State.HasMissing ? null
        : code < Modes ? State.Means[code] + (position * DeviationsToTheEdge * State.Deviations[code])
        : State.Atoms[code - Modes];

    /// <summary>The number of a cell; null where it is an atom.</summary>
    public double? ValueOutsideAtoms(string cell) => _format.Read(cell) is var value && _atoms.ContainsKey(value) ? null : value;

    public string Write(double value) => _format.Write(value);

    private (int Code, float Position) EncodeByMode(double value, Random random)
    {
        Span<double> upTo = stackalloc double[Modes];
        double sum = 0;
        var nearest = 0;
        for (var k = 0; k < Modes; k++)
        {
            var distance = (value - State.Means[k]) / State.Deviations[k];
            nearest = Math.Abs(distance) < Math.Abs(value - State.Means[nearest]) / State.Deviations[nearest] ? k : nearest;
            upTo[k] = sum += State.Weights[k] / State.Deviations[k] * Math.Exp(-0.5 * distance * distance);
        }

        // Far from all modes every density is 0 in floating point.
        var mode = nearest;
        if (sum > 0)
        {
            var drawn = random.NextDouble() * sum;
            mode = 0;
            while (mode < Modes - 1 && upTo[mode] < drawn)
            {
                mode++;
            }
        }

        var position = (value - State.Means[mode]) / (DeviationsToTheEdge * State.Deviations[mode]);
        return (mode, (float)Math.Clamp(position, -Edge, Edge));
    }
}
