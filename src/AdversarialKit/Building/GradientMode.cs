using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>Settings of the thread under which nothing can be learnt, told before native code meets them.</summary>
internal static class GradientMode
{
    /// <summary>What keeps a GAN from being built: the thread's inference mode, or tensors that were made in it.</summary>
    public static IEnumerable<string> BuildFaults(GanConfiguration configuration)
    {
        if (is_inference_mode_enabled())
        {
            yield return "Build() was called inside torch.inference_mode(): what it makes, such as moments and averages, could never be trained. Call it outside.";
            yield break;
        }

        foreach (var plan in new[] { configuration.Generator, configuration.Discriminator }.OfType<NetworkPlan>())
        {
            if (plan.Module.state_dict().FirstOrDefault(entry => IsOfInferenceMode(entry.Value)) is { Key: { } name })
            {
                yield return $"'{name}' of the {plan.Role} was made inside torch.inference_mode(), so it can never be trained. Make the module outside.";
            }
        }
    }

    /// <exception cref="InvalidOperationException">Nothing would be recorded.</exception>
    public static void ThrowIfOff()
    {
        if (!is_grad_enabled())
        {
            throw new InvalidOperationException(
                $"Training was called inside torch.{(is_inference_mode_enabled() ? "inference_mode" : "no_grad")}(), where torch records nothing, so nothing could be learnt. " +
                "Call it outside; samples need no such guard, since Sample and Generate record nothing.");
        }
    }

    /// <summary>Whether a tensor was made in inference mode; autograd takes it for nothing. TorchSharp has no property for it.</summary>
    public static bool IsOfInferenceMode(Tensor tensor)
    {
        if (!tensor.is_floating_point())
        {
            return false;
        }

        try
        {
            using var probe = tensor.detach();
            probe.requires_grad = true;
            return false;
        }
        catch (ExternalException)
        {
            return true;
        }
    }
}
