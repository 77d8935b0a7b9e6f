using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>The length of all gradients of a network as one vector.</summary>
internal static class GradientNorm
{
    /// <summary>Computes it without waiting for the device.</summary>
    /// <param name="parameters">Parameters of one network; those without a gradient count as zero.</param>
    /// <returns>A 0-dimensional tensor, which the caller disposes; 0 where no gradient exists.</returns>
    public static Tensor Of(IReadOnlyList<Parameter> parameters)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return OfGradients(Gradients(parameters)).MoveToOuterDisposeScope();
    }

    /// <summary>The gradients that exist; their wrappers belong to the dispose scope around the call.</summary>
    public static Tensor[] Gradients(IReadOnlyList<Parameter> parameters)
    {
        var gradients = new List<Tensor>(parameters.Count);
        for (var i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].grad is { } gradient)
            {
                gradients.Add(gradient);
            }
        }

        return [.. gradients];
    }

    public static Tensor OfGradients(Tensor[] gradients)
    {
        if (gradients.Length == 0)
        {
            return zeros([]);
        }

        if (FusedKernels.AreAvailable && AreAlike(gradients))
        {
            return FusedKernels.Invoke("norm", [gradients])!;
        }

        var device = gradients[0].device;
        return stack(Array.ConvertAll(gradients, g => g.to(ScalarType.Float64).norm().to(device))).norm();
    }

    private static bool AreAlike(Tensor[] tensors) => Array.TrueForAll(
        tensors,
        t => t.dtype == tensors[0].dtype && t.device_type == tensors[0].device_type && t.device_index == tensors[0].device_index);
}
