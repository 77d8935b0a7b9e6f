namespace AdversarialKit;

/// <summary>
/// InfoGAN's lower bound on the mutual information between code and sample: the auxiliary output Q must tell the code from
/// the fake (Chen et al. 2016, "InfoGAN", equation 5). The categorical part is a cross-entropy, the continuous part a
/// Gaussian of variance 1, that is half the squared error, summed over the variables.
/// </summary>
/// <remarks>Q shares the discriminator's weights, so it learns in the discriminator step; the generator step moves the generator.</remarks>
internal sealed class LatentCodeTask(LatentCode code, double weight) : IAuxiliaryTask
{
    public Tensor Discriminator(Tensor real, Tensor fake, StepSlice slice) => Loss(fake, slice.Latents);

    public Tensor Generator(Tensor fake, StepSlice slice) => Loss(fake, slice.Latents);

    public override string ToString() => $"{Text.Number(weight)} x mutual information with a code of {code.Size} (InfoGAN)";

    private Tensor Loss(Tensor estimate, Tensor latents)
    {
        var target = latents.narrow(1, latents.shape[1] - code.Size, code.Size);
        var loss = zeros([], dtype: estimate.dtype, device: estimate.device);
        if (code.Categories > 0)
        {
            loss += nn.functional.cross_entropy(estimate.narrow(1, 0, code.Categories), target.narrow(1, 0, code.Categories).argmax(1));
        }

        if (code.Size > code.Categories)
        {
            var length = code.Size - code.Categories;
            var error = estimate.narrow(1, code.Categories, length) - target.narrow(1, code.Categories, length);
            loss += error.pow(Constant.Two).sum(1).mean() / 2;
        }

        return loss * weight;
    }
}
