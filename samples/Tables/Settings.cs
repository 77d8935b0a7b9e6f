namespace Tables;

/// <summary>What the command line says.</summary>
internal sealed record Settings(int Rows, int? Epochs, string Out, long Seed);
