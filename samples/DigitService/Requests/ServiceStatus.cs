namespace DigitService;

/// <summary>What the page shows of the service.</summary>
/// <param name="Iteration">That of the generator that serves; null where there is none yet.</param>
/// <param name="Iterations">How many there shall be.</param>
/// <param name="Training">Whether it is trained just now.</param>
/// <param name="Ended">How training ended.</param>
internal sealed record ServiceStatus(long? Iteration, int Iterations, bool Training, string? Ended);
