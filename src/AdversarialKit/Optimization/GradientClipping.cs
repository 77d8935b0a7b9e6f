using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>A bound on the gradients of a step; made by <see cref="Clip"/>.</summary>
public sealed class GradientClipping
{
    private readonly double _bound;
    private readonly bool _byNorm;

    internal GradientClipping(double bound, bool byNorm) => (_bound, _byNorm) = (bound, byNorm);

    /// <summary>The bound in a few words.</summary>
    /// <returns>Such as <c>norm at most 1</c>.</returns>
    public override string ToString() => (_byNorm ? "norm" : "each value") + " at most " + OptimizerRange.Text(_bound);

    /// <summary>Bounds the gradients in place, without waiting for the device.</summary>
    /// <param name="parameters">The parameters of one network; those without a gradient are passed over.</param>
    /// <returns>The L2 norm before, a 0-dimensional tensor that the caller disposes.</returns>
    internal Tensor Apply(IReadOnlyList<Parameter> parameters)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var gradients = GradientNorm.Gradients(parameters);
        var norm = GradientNorm.OfGradients(gradients);
        if (_byNorm)
        {
            var factor = (_bound / (norm + 1e-6)).clamp_(max: Constant.One);
            Array.ForEach(gradients, gradient => gradient.mul_(factor.to(gradient.device)));
        }
        else
        {
            using var least = (-_bound).ToScalar();
            using var most = _bound.ToScalar();
            foreach (var gradient in gradients)
            {
                gradient.clamp_(least, most);
            }
        }

        return norm.MoveToOuterDisposeScope();
    }
}
