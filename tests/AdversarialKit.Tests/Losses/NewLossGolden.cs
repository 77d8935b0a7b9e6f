using System.Text.Json;
using AdversarialKit.Tests.Golden;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>One loss of <c>new_losses_golden.json</c>, which <c>Golden/Scripts/make_new_losses.py</c> writes with PyTorch.</summary>
internal sealed class NewLossGolden(string name)
{
    public JsonElement Case { get; } = GoldenFile.Read("new_losses_golden.json").GetProperty(name);

    /// <summary>Holds the discriminator's and the generator's loss to the recorded values and gradients.</summary>
    public void Check(Func<Tensor, Tensor, Tensor> discriminator, Func<Tensor, Tensor, Tensor> generator, ScalarType type)
    {
        var tolerance = type == ScalarType.Float64 ? 1e-12 : 1e-6;
        foreach (var (key, loss) in new[] { ("d", discriminator), ("g", generator) })
        {
            var real = Case.GetProperty("real").ShapedTensor().to(type).requires_grad_(true);
            var fake = Case.GetProperty("fake").ShapedTensor().to(type).requires_grad_(true);
            var value = loss(real, fake);
            value.backward();

            value.dtype.Should().Be(type);
            value.ShouldBeClose(Case.GetProperty(key).GetDouble(), tolerance, key);
            real.GradientNumbers().ShouldBeClose(Numbers(key + "_real"), tolerance, key + "_real");
            fake.GradientNumbers().ShouldBeClose(Numbers(key + "_fake"), tolerance, key + "_fake");
        }
    }

    public double[] Numbers(string key) => Case.GetProperty(key).GetProperty("data").Numbers();
}
