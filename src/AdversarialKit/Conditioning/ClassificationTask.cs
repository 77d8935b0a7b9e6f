namespace AdversarialKit;

/// <summary>
/// The auxiliary classifier of AC-GAN: both networks want the class logits to name the asked class, on real samples and
/// on fakes (Odena et al. 2017, "Conditional Image Synthesis with Auxiliary Classifier GANs", equation 3: L_C).
/// </summary>
internal sealed class ClassificationTask(double weight) : IAuxiliaryTask
{
    public Tensor Discriminator(Tensor real, Tensor fake, StepSlice slice) => (Loss(real, slice.Condition!) + Loss(fake, slice.FakeCondition!)) * weight;

    public Tensor Generator(Tensor fake, StepSlice slice) => Loss(fake, slice.FakeCondition!) * weight;

    public override string ToString() => $"{Text.Number(weight)} x class cross-entropy (AC-GAN)";

    private static Tensor Loss(Tensor classLogits, Tensor labels) => nn.functional.cross_entropy(classLogits, labels);
}
