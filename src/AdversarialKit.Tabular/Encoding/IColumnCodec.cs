namespace AdversarialKit;

/// <summary>A column's cells as one of a few codes and, where the code is a mode of numbers, a position within it.</summary>
internal interface IColumnCodec
{
    /// <summary>How many codes there are; 1 where there is nothing to learn.</summary>
    int Codes { get; }

    /// <summary>Whether codes have positions.</summary>
    bool HasPosition { get; }

    /// <summary>The code of a cell, and its position from -1 to 1.</summary>
    (int Code, float Position) Encode(string? cell, Random random);

    /// <summary>The cell of a code and position.</summary>
    string? Decode(int code, double position, Random random);

    /// <summary>The code of a value that a user names; -1 where there is none.</summary>
    int CodeOf(string? value);
}
