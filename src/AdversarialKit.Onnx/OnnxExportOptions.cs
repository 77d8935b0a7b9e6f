namespace AdversarialKit;

/// <summary>Names and notes of an ONNX file.</summary>
public sealed record OnnxExportOptions
{
    /// <summary>The names of the inputs, in the order of <c>forward</c>.</summary>
    /// <value>Default: <c>input</c> and <c>condition</c>; for a GAN's generator <c>latents</c> and <c>labels</c>.</value>
    public IReadOnlyList<string>? InputNames { get; init; }

    /// <summary>The name of the output.</summary>
    /// <value>Default: <c>output</c>; for a GAN's generator <c>samples</c>.</value>
    public string? OutputName { get; init; }

    /// <summary>The name of the graph.</summary>
    /// <value>Default: the module's type.</value>
    public string? GraphName { get; init; }

    /// <summary>Notes that the file carries, by name: ONNX's <c>metadata_props</c>.</summary>
    /// <value>Default: none; for a GAN's generator <c>iteration</c> and <c>weights</c> are added, unless they are named here.</value>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
}
