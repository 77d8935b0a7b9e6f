namespace AdversarialKit.Benchmarks;

/// <summary>Where an iteration's time can go, seen from outside of the library.</summary>
internal static class Phase
{
    public const string Data = "data";
    public const string Latents = "latents";
    public const string Fakes = "generator forward for the discriminator";
    public const string GeneratorForward = "generator forward with graph";
    public const string DiscriminatorForward = "discriminator forward";
    public const string Loss = "losses";
    public const string Backward = "backward";
    public const string Optimizers = "optimizers";

    /// <summary>What lies between: modes, flags, accuracies, reading scalars, disposal.</summary>
    public const string Rest = "between the calls";

    public static string[] All { get; } =
        [Data, Latents, Fakes, GeneratorForward, DiscriminatorForward, Loss, Backward, Optimizers, Rest];
}
