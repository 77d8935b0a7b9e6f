namespace AdversarialKit;

/// <summary>How one type of layer is written.</summary>
/// <param name="Type">The type, exactly: a derived one may compute something else.</param>
/// <param name="Inputs">How many inputs its <c>forward</c> takes.</param>
/// <param name="Write">Writes it.</param>
internal sealed record LayerWriter(Type Type, int Inputs, Func<OnnxGraph, nn.Module, OnnxValue[], OnnxValue> Write)
{
    public static LayerWriter Of<T>(Func<OnnxGraph, T, OnnxValue, OnnxValue> write)
        where T : nn.Module => new(typeof(T), 1, (graph, layer, inputs) => write(graph, (T)layer, inputs[0]));

    public static LayerWriter Of<T>(Func<OnnxGraph, T, OnnxValue, OnnxValue, OnnxValue> write)
        where T : nn.Module => new(typeof(T), 2, (graph, layer, inputs) => write(graph, (T)layer, inputs[0], inputs[1]));

    /// <summary>A layer that is one operation without settings.</summary>
    public static LayerWriter Of<T>(string operation)
        where T : nn.Module => Of<T>((graph, _, x) => graph.Node(operation, [x]));
}
