namespace AdversarialKit;

/// <summary>A point that the pen passes; at a <paramref name="Corner"/> it turns sharply.</summary>
internal readonly record struct StrokePoint(double X, double Y, bool Corner = false);
