namespace AdversarialKit;

/// <summary>
/// For a module of one's own: says in ONNX's operations what its <c>forward</c> does, which cannot be seen from outside.
/// </summary>
/// <remarks>
/// Write it beside <c>forward</c> and in its image: where that calls a child, <see cref="OnnxGraph.Call"/> writes the child, and
/// <see cref="OnnxGraph.Node"/> writes any operation of ONNX. Whether both say the same is found out by the export's own proof.
/// </remarks>
public interface IOnnxModule
{
    /// <summary>Writes what <c>forward</c> does in inference mode.</summary>
    /// <param name="graph">Where to write.</param>
    /// <param name="inputs">What <c>forward</c> would be given, in its order.</param>
    /// <returns>What <c>forward</c> would return.</returns>
    OnnxValue Write(OnnxGraph graph, IReadOnlyList<OnnxValue> inputs);
}
