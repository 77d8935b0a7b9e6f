namespace AdversarialKit;

/// <summary>Makes what a term of the generator's loss sees, in a step and in the trial before.</summary>
internal static class TermContexts
{
    public static GeneratorTermContext Of(
        Network generator,
        CombinedModel combined,
        Network discriminator,
        LatentSource latentSource,
        Generator random,
        Tensor? condition,
        Tensor? realCondition,
        Tensor latents,
        Tensor real,
        Tensor fakes,
        Tensor logits) => new(
            input => generator.Forward(input, condition).Output,
            samples => combined.Judge(samples, condition).Output,
            random)
        {
            Latents = latents,
            Condition = condition,
            Real = real,
            Fakes = fakes,
            Logits = logits,
            FeatureSource = discriminator.Module is IIntermediateFeatures features ? (samples, under) => combined.Features(features, samples, under) : null,
            RealCondition = realCondition,
            Styles = generator.Module as IStyleGenerator,
            LatentSource = count => latentSource.Draw(count, random),
        };
}
