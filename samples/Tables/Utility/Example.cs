namespace Tables;

/// <summary>A row as ML.NET takes it.</summary>
internal sealed class Example
{
    public float[] Features { get; set; } = [];

    public bool Flag { get; set; }

    public float Number { get; set; }
}
