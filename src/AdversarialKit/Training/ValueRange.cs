namespace AdversarialKit;

/// <summary>The least and the greatest number of some samples; not a number where it was not looked at.</summary>
internal readonly record struct ValueRange(double Least, double Most)
{
    public static ValueRange Unknown { get; } = new(double.NaN, double.NaN);

    public double Width => Most - Least;

    public double Magnitude => Math.Max(Math.Abs(Least), Math.Abs(Most));

    /// <summary>The range that a network cannot leave, because it ends in a layer that bounds it; null where none is seen.</summary>
    public static ValueRange? BoundOf(nn.Module network) => network switch
    {
        TorchSharp.Modules.Sequential layers when layers.children().LastOrDefault() is { } last => BoundOf(last),
        TorchSharp.Modules.Tanh => new ValueRange(-1, 1),
        TorchSharp.Modules.Sigmoid => new ValueRange(0, 1),
        _ => null,
    };

    /// <summary>Two scalars on the device, the least and the greatest number.</summary>
    public static (Tensor Least, Tensor Most) Measure(Tensor samples) => (samples.min(), samples.max());
}
