using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

/// <summary>Digits to learn from and others to judge by, as floats [N, 1, 28, 28] in [-1, 1].</summary>
internal sealed class Digits : IDisposable
{
    public const int Side = 28;

    private const int TrainingCount = 60_000;
    private const int HeldOutCount = 10_000;

    private readonly ImageDataSet _training;
    private readonly ImageDataSet _heldOut;
    private Digits? _drawn;
    private nn.Module<Tensor, Tensor>? _reader;

    private Digits(string name, ImageDataSet training, ImageDataSet heldOut)
    {
        (Name, _training, _heldOut) = (name, training, heldOut);
        Training = ToUnitRange(training.Images);
        HeldOut = ToUnitRange(heldOut.Images);
    }

    public string Name { get; }

    public bool AreDrawn { get; private init; }

    public Tensor Training { get; }

    /// <summary>No network learns from these.</summary>
    public Tensor HeldOut { get; }

    public Tensor TrainingLabels => _training.Labels;

    public Tensor HeldOutLabels => _heldOut.Labels;

    /// <summary>A classifier that has seen none of the held-out digits; kept beside what is trained.</summary>
    public PictureJudge OpenJudge(string folder, CancellationToken stop) =>
        PictureJudge.Open(Path.Combine(folder, "judge.safetensors"), _training, new PictureJudgeOptions { Test = _heldOut, Description = Name }, stop);

    /// <summary>MNIST from a folder, or drawn digits where there is none.</summary>
    public static Digits Load(string? folder) => folder is null
        ? Drawn()
        : new Digits($"MNIST of {folder}", ImageDataSets.Mnist(folder), ImageDataSets.Mnist(folder, DataSetPart.Test));

    /// <summary>Digits that the library draws: the same every time, and other ones held out.</summary>
    public static Digits Drawn(int training = TrainingCount, int heldOut = HeldOutCount) =>
        new("drawn digits", ImageDataSets.DrawnDigits(training), ImageDataSets.DrawnDigits(heldOut, seed: 2)) { AreDrawn = true };

    /// <summary>A network that learned to read the digits to learn from; lives as long as they.</summary>
    public nn.Module<Tensor, Tensor> Reader(long seed) => _reader ??= Translation.Reader.Learn(this, seed);

    /// <summary>Drawn digits, as many as these; they live as long.</summary>
    public Digits DrawnAlike => _drawn ??= Drawn((int)Training.shape[0], (int)HeldOut.shape[0]);

    public void Dispose()
    {
        _drawn?.Dispose();
        _reader?.Dispose();
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
