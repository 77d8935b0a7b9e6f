using System.Globalization;

namespace AdversarialKit;

/// <summary>
/// How long torch's threads wait for each other before they sleep. libgomp lets them turn idly for milliseconds: where another program
/// wants the processors, a thread then spends its share of them on waiting for one that is kept from running by just that.
/// </summary>
/// <remarks>
/// libgomp reads the setting once, when it is loaded, from the native environment. How threads wait changes no bit of what they compute.
/// </remarks>
internal sealed class ThreadWaiting : ITuningLever
{
    /// <summary>libgomp's variable for the turns that a waiting thread makes before it sleeps; 300,000 if nobody says otherwise.</summary>
    public const string Variable = "GOMP_SPINCOUNT";

    /// <summary>Enough to bridge most gaps between two operations of an iteration; what other numbers bring: <c>compare --busy --turns</c>.</summary>
    public const int Turns = 20_000;

    private const string Maps = "/proc/self/maps";
    private static readonly string[] _variables = ["OMP_WAIT_POLICY", Variable];

    private NativeEnvironment? _environment;

    public TuningOutcome Pull()
    {
        if (NativeEnvironment.Find() is not { } environment)
        {
            return Unchanged("Waiting threads stay as they are: only those of libgomp, on Linux, can be told how.");
        }

        if (Array.Find(_variables, name => !string.IsNullOrEmpty(environment.Get(name))) is { } variable)
        {
            return Unchanged($"Waiting threads stay as the environment variable {variable} sets them.");
        }

        if (TorchIsLoaded())
        {
            return Unchanged(
                "Waiting threads stay as they are: torch was loaded before, and reads how they wait when it is. Make TorchTuning.Apply the first call of the program.");
        }

        _environment = environment;
        environment.Set(Variable, Turns.ToString(CultureInfo.InvariantCulture));
        return new TuningOutcome(TuningSetting.Waiting, true, "Waiting threads sleep after 20,000 turns instead of 300,000, and leave the processor to others.");
    }

    /// <remarks>What libgomp has read stays with it to the end of the process; a child of the process starts without it.</remarks>
    public void Release()
    {
        _environment?.Set(Variable, null);
        _environment = null;
    }

    private static TuningOutcome Unchanged(string reason) => new(TuningSetting.Waiting, false, reason);

    private static bool TorchIsLoaded() => File.ReadLines(Maps).Any(line => line.Contains("libtorch_cpu", StringComparison.Ordinal));
}
