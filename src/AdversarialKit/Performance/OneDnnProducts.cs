using System.Globalization;

namespace AdversarialKit;

/// <summary>
/// Sends float32 matrix products through oneDNN. On processors that are not Intel's, MKL leaves much of the machine unused,
/// and oneDNN is often twice as fast. The switch allows bfloat16, and on a processor with matrix units for it the products
/// may really lose digits: the error is therefore measured, and the switch kept only where it is that of float32.
/// </summary>
/// <param name="ratio">Measures the time of the second by that of the first, as <see cref="PairedTiming.Ratio"/> does.</param>
internal sealed class OneDnnProducts(Func<Action, Action, double> ratio) : ITuningLever
{
    // A product in bfloat16 is wrong by thousands of times float32's error; the order of the sums moves it by twice.
    private const double AllowedError = 8;
    private const double NeededRatio = 0.75;

    private OneDnnSwitch? _switch;
    private int _before;

    public TuningOutcome Pull()
    {
        var found = OneDnnSwitch.Find();
        if (found is null)
        {
            return Unchanged("this libtorch has no switch for another library that is known here.");
        }

        if (found.Precision == OneDnnSwitch.Bfloat16)
        {
            return Unchanged("they were sent through oneDNN before.");
        }

        (_switch, _before) = (found, found.Precision);
        using var probe = new ProductProbe();
        var time = ratio(() => Run(probe, _before), () => Run(probe, OneDnnSwitch.Bfloat16));
        found.Precision = _before;
        var usualError = probe.Error();
        found.Precision = OneDnnSwitch.Bfloat16;
        var error = probe.Error();
        var measured = string.Create(
            CultureInfo.InvariantCulture, $"oneDNN takes {time:0.00} of the time, with an error of {error:0.0e+0} against {usualError:0.0e+0}");
        if (time <= NeededRatio && error <= AllowedError * usualError)
        {
            return new TuningOutcome(TuningSetting.Float32Products, true, $"float32 products go through oneDNN: {measured}.", 1 / time);
        }

        Release();
        return Unchanged(measured + ".");
    }

    public void Release()
    {
        if (_switch is not null)
        {
            _switch.Precision = _before;
            _switch = null;
        }
    }

    private static TuningOutcome Unchanged(string reason) =>
        new(TuningSetting.Float32Products, false, "float32 products stay as they are: " + reason);

    private void Run(ProductProbe probe, int precision)
    {
        _switch!.Precision = precision;
        probe.Run();
    }
}
