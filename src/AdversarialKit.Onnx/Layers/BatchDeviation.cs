namespace AdversarialKit;

/// <summary>Minibatch standard deviation for any batch: its groups are made when the file runs.</summary>
internal static class BatchDeviation
{
    public static OnnxValue Write(OnnxGraph graph, MinibatchStdDev layer, OnnxValue x)
    {
        var batch = graph.Sizes(x, 0, 1);
        var group = graph.Node("Min", [batch, graph.Constant([layer.GroupSize])]);
        var groups = graph.Node("Div", [batch, group]);
        var grouped = graph.ReshapeTo(x, graph.Concat(0, group, groups, graph.Constant([layer.Features, -1])));

        // [groups, features, values of the share], then [groups, features]
        var differences = graph.Node("Sub", [grouped, Mean(0, grouped, keepsRank: true)]);
        var variance = Mean(0, graph.Multiply(differences, differences));
        var deviation = Mean(2, graph.Node("Sqrt", [graph.Add(variance, graph.Constant(MinibatchStdDev.Epsilon))]));
        var perSample = graph.Node("Tile", [deviation, graph.Concat(0, group, graph.Constant([1]))]);

        // As many ones as there are dimensions behind the channels: none for [N, C].
        var sides = graph.Sizes(x, 2);
        var ones = graph.Node("Div", [sides, sides]);
        var features = graph.Concat(0, batch, graph.Constant([layer.Features]));
        var column = graph.ReshapeTo(perSample, graph.Concat(0, features, ones));
        return graph.Concat(1, x, graph.Node("Expand", [column, graph.Concat(0, features, sides)]));

        OnnxValue Mean(long dimension, OnnxValue value, bool keepsRank = false) =>
            graph.Node("ReduceMean", [value], new("axes", [dimension]), new("keepdims", keepsRank ? 1 : 0));
    }
}
