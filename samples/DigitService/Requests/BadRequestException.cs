namespace DigitService;

/// <summary>What a request asks for cannot be had; the message is the answer, one sentence.</summary>
internal sealed class BadRequestException(string message) : Exception(message);
