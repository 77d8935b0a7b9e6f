namespace AdversarialKit;

/// <summary>Spectral normalization, folded into the weights: in inference mode it divides by the same number at every call.</summary>
internal static class SpectralLayers
{
    public static IEnumerable<LayerWriter> All => [LayerWriter.Of<SpectrallyNormalized>(Write)];

    private static OnnxValue Write(OnnxGraph graph, SpectrallyNormalized layer, OnnxValue x)
    {
        using var weight = layer.NormalizedWeight();
        return layer.Operation switch
        {
            { Convolution: { } settings } => ConvolutionLayers.Write(graph, settings, x, (weight, layer.Bias)),
            { Kind: SpectralKind.Embedding } => ClassLayers.Lookup(graph, weight, x),
            _ => LinearLayers.Write(graph, x, weight, layer.Bias),
        };
    }
}
