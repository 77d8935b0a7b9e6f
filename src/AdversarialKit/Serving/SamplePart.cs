namespace AdversarialKit;

/// <summary>Rows of a request in one batch.</summary>
internal readonly record struct SamplePart(SampleRequest Request, long Start, long Count);
