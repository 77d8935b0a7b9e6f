namespace AdversarialKit;

/// <summary>The names of a GAN's tensors and networks in the system that it is.</summary>
internal static class GanTensors
{
    public const string Real = "real";
    public const string Condition = "condition";
    public const string FakeCondition = "condition of fakes";
    public const string Latents = "latents";
    public const string Fakes = "fakes";
}
