namespace AdversarialKit;

/// <summary>All layers that the export knows: a file and a line here for each family.</summary>
internal static class LayerTable
{
    private static readonly Dictionary<Type, LayerWriter> _writers = new IEnumerable<LayerWriter>[]
    {
        ActivationLayers.All,
        AttentionLayers.All,
        ClassLayers.All,
        ConvolutionLayers.All,
        LinearLayers.All,
        NormalizationLayers.All,
        PaddingLayers.All,
        PoolingLayers.All,
        ResamplingLayers.All,
        ShapeLayers.All,
        SpectralLayers.All,
        StructureLayers.All,
        StyleLayers.All,
    }.SelectMany(family => family).ToDictionary(writer => writer.Type);

    public static IEnumerable<Type> Types => _writers.Keys;

    public static LayerWriter? Find(Type type) => _writers.GetValueOrDefault(type);
}
