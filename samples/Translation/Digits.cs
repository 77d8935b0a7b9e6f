using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

/// <summary>Digits to learn from and others to judge by, as floats [N, 1, 28, 28] in [-1, 1].</summary>
internal sealed class Digits : IDisposable
{
    public const int Side = 28;

    private const int HeldOutCount = 10_000;

    private readonly ImageDataSet _training;
    private readonly ImageDataSet _heldOut;

    private Digits(string name, ImageDataSet training, ImageDataSet heldOut)
    {
        (Name, _training, _heldOut) = (name, training, heldOut);
        Training = ToUnitRange(training.Images);
        HeldOut = ToUnitRange(heldOut.Images);
    }

    public string Name { get; }

    public Tensor Training { get; }

    public Tensor TrainingLabels => _training.Labels;

    /// <summary>No network learns from these.</summary>
    public Tensor HeldOut { get; }

    public Tensor HeldOutLabels => _heldOut.Labels;

    /// <summary>MNIST from a folder, or drawn digits where there is none.</summary>
    public static Digits Load(string? folder) => folder is null
        ? Drawn()
        : new Digits($"MNIST of {folder}", ImageDataSets.Mnist(folder), ImageDataSets.Mnist(folder, DataSetPart.Test));

    /// <summary>Digits that the library draws: the same every time, and other ones held out.</summary>
    public static Digits Drawn() => new("drawn digits", ImageDataSets.DrawnDigits(), ImageDataSets.DrawnDigits(HeldOutCount, seed: 2));

    public void Dispose()
    {
        Training.Dispose();
        HeldOut.Dispose();
        _training.Dispose();
        _heldOut.Dispose();
    }

    private static Tensor ToUnitRange(Tensor bytes)
    {
        using var scope = NewDisposeScope();
        return (bytes.to(ScalarType.Float32) / 127.5 - 1).MoveToOuterDisposeScope();
    }
}
