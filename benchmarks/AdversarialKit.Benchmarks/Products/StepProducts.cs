namespace AdversarialKit.Benchmarks;

/// <summary>The products of one iteration that no way of doing it can leave out.</summary>
internal static class StepProducts
{
    private const int Steps = Workload.CriticSteps;

    public static IReadOnlyList<IProduct> Of(Workload workload)
    {
        if (workload.IsConvolutional)
        {
            return [.. Generator(workload.Batch), .. Discriminator(workload.Batch)];
        }

        // A gradient penalty adds its gradient's own pass and, in the backward pass, one product each for the weights and
        // for the gradient; between leaky rectifiers nothing flows back into the forward pass.
        var (generator, discriminator) = workload.Recipe switch
        {
            Recipe.WganGp => (new Passes(Steps + 1, 1, 1, 0), new Passes((4 * Steps) + 1, 3 * Steps, (3 * Steps) + 1, Steps + 1)),
            Recipe.RpGan => (new Passes(2, 1, 1, 0), new Passes(4 + 2, 4, 4 + 1, 2 + 1)),
            _ => (new Passes(2, 1, 1, 0), new Passes(3, 2, 3, 1)),
        };
        return
        [
            .. Linear(workload.Batch, BenchmarkNetworks.GeneratorWidths, generator),
            .. Linear(workload.Batch, BenchmarkNetworks.DiscriminatorWidths, discriminator),
        ];
    }

    /// <summary>How many products of each kind every layer takes; the first layer's input gradient is rarely needed.</summary>
    private sealed record Passes(int Forward, int WeightGradient, int InputGradient, int FirstInputGradient);

    private static IEnumerable<IProduct> Linear(long batch, long[] widths, Passes passes)
    {
        for (var i = 1; i < widths.Length; i++)
        {
            var (inputs, outputs) = (widths[i - 1], widths[i]);
            for (var n = 0; n < passes.Forward; n++)
            {
                yield return MatrixProduct.Forward(batch, inputs, outputs);
            }

            for (var n = 0; n < passes.WeightGradient; n++)
            {
                yield return MatrixProduct.WeightGradient(batch, inputs, outputs);
            }

            for (var n = 0; n < (i == 1 ? passes.FirstInputGradient : passes.InputGradient); n++)
            {
                yield return MatrixProduct.InputGradient(batch, inputs, outputs);
            }
        }
    }

    private static IEnumerable<IProduct> Generator(long batch)
    {
        (long In, long Out, int Stride, long Side)[] layers =
            [(Workload.LatentSize, 128, 1, 1), (128, 64, 2, 4), (64, 32, 2, 8), (32, 3, 2, 16)];
        foreach (var training in new[] { false, true })
        {
            for (var i = 0; i < layers.Length; i++)
            {
                var (inputs, outputs, stride, side) = layers[i];
                var layer = nn.ConvTranspose2d(inputs, outputs, 4, stride: stride, padding: stride - 1, bias: false);
                yield return new ConvolutionProduct(layer, randn(batch, inputs, side, side), training && i > 0, training);
            }
        }
    }

    // On real samples, on fakes, and in the combined model.
    private static IEnumerable<IProduct> Discriminator(long batch)
    {
        (long In, long Out, int Stride, long Side)[] layers = [(3, 32, 2, 32), (32, 64, 2, 16), (64, 128, 2, 8), (128, 1, 1, 4)];
        foreach (var combined in new[] { false, false, true })
        {
            for (var i = 0; i < layers.Length; i++)
            {
                var (inputs, outputs, stride, side) = layers[i];
                var layer = nn.Conv2d(inputs, outputs, 4, stride: stride, padding: stride - 1, bias: false);
                yield return new ConvolutionProduct(layer, randn(batch, inputs, side, side), combined || i > 0, !combined);
            }
        }
    }
}
