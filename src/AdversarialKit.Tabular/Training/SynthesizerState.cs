namespace AdversarialKit;

/// <summary>The description in a synthesizer's file.</summary>
internal sealed record SynthesizerState(
    int Version,
    string Culture,
    ModelSettings Settings,
    IReadOnlyList<ColumnState> Columns,
    IReadOnlyList<double[]> Shares,
    CalibrationState? Calibration,
    IReadOnlyList<string> Rules,
    int RejectionLimit,
    long Seed = 1,
    long Written = 0);
