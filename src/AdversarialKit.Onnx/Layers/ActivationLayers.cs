using TorchSharp.Modules;

namespace AdversarialKit;

internal static class ActivationLayers
{
    // From here on libtorch itself takes softplus for the identity.
    private const double NoThreshold = 15;

    public static IEnumerable<LayerWriter> All =>
    [
        LayerWriter.Of<ReLU>("Relu"),
        LayerWriter.Of<Sigmoid>("Sigmoid"),
        LayerWriter.Of<Tanh>("Tanh"),
        LayerWriter.Of<Softsign>("Softsign"),
        LayerWriter.Of<SELU>("Selu"),
        LayerWriter.Of<LeakyReLU>((graph, layer, x) => graph.Node("LeakyRelu", [x], new OnnxSetting("alpha", layer.negative_slope))),
        // In inference mode the slope is the mean of those that training draws.
        LayerWriter.Of<RReLU>((graph, layer, x) => graph.Node("LeakyRelu", [x], new OnnxSetting("alpha", (layer.lower + layer.upper) / 2))),
        LayerWriter.Of<PReLU>(WriteParametric),
        LayerWriter.Of<ELU>((graph, layer, x) => graph.Node("Elu", [x], new OnnxSetting("alpha", layer.alpha))),
        LayerWriter.Of<CELU>((graph, layer, x) => graph.Node("Celu", [x], new OnnxSetting("alpha", layer.alpha))),
        LayerWriter.Of<GELU>(WriteGaussian),
        LayerWriter.Of<SiLU>((graph, _, x) => graph.Multiply(x, graph.Node("Sigmoid", [x]))),
        LayerWriter.Of<Mish>((graph, _, x) => graph.Multiply(x, graph.Node("Tanh", [graph.Node("Softplus", [x])]))),
        LayerWriter.Of<Softplus>(WriteSoftplus),
        LayerWriter.Of<LogSigmoid>((graph, _, x) => graph.Node("Neg", [graph.Node("Softplus", [graph.Node("Neg", [x])])])),
        LayerWriter.Of<ReLU6>((graph, _, x) => graph.Node("Clip", [x, graph.Constant(0.0), graph.Constant(6.0)])),
        LayerWriter.Of<Hardsigmoid>((graph, _, x) => HardSigmoid(graph, x)),
        LayerWriter.Of<Hardswish>((graph, _, x) => graph.Multiply(x, HardSigmoid(graph, x))),
        LayerWriter.Of<Tanhshrink>((graph, _, x) => graph.Node("Sub", [x, graph.Node("Tanh", [x])])),
        LayerWriter.Of<Hardshrink>((graph, layer, x) => Shrink(graph, x, layer.lambda, bias: 0)),
        LayerWriter.Of<Softshrink>((graph, layer, x) => Shrink(graph, x, layer.lambda, bias: layer.lambda)),
        LayerWriter.Of<Threshold>((graph, layer, x) =>
            graph.Node("Where", [graph.Node("Greater", [x, graph.Constant(layer.threshold)]), x, graph.Constant(layer.value)])),
        LayerWriter.Of<GLU>(WriteGate),
        LayerWriter.Of<Softmax>((graph, layer, x) => Soft(graph, "Softmax", x, layer.dim)),
        LayerWriter.Of<Softmax2d>((graph, _, x) => Soft(graph, "Softmax", x, -3)),
        LayerWriter.Of<LogSoftmax>((graph, layer, x) => Soft(graph, "LogSoftmax", x, layer.dim)),
        LayerWriter.Of<Softmin>((graph, layer, x) => Soft(graph, "Softmax", graph.Node("Neg", [x]), layer.dim)),
    ];

    private static OnnxValue WriteParametric(OnnxGraph graph, PReLU layer, OnnxValue x)
    {
        if (layer.num_parameters == 1)
        {
            return graph.Node("PRelu", [x, graph.Weight("weight", layer.weight!)]);
        }

        using var slopes = layer.weight!.unsqueeze(1);
        var weight = graph.Weight("weight", slopes);
        return graph.ByChannel(x, maps => graph.Node("PRelu", [maps, weight]));
    }

    private static OnnxValue WriteGaussian(OnnxGraph graph, GELU layer, OnnxValue x)
    {
        // x/2 (1 + erf(x / sqrt 2)), or x/2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))
        var inner = layer.approximate == GELU.Approximate.none
            ? graph.Node("Erf", [graph.Multiply(x, graph.Constant(Math.Sqrt(0.5)))])
            : graph.Node("Tanh", [graph.Multiply(
                graph.Constant(Math.Sqrt(2 / Math.PI)),
                graph.Add(x, graph.Multiply(graph.Constant(0.044715), graph.Multiply(x, graph.Multiply(x, x)))))]);
        return graph.Multiply(graph.Multiply(x, graph.Constant(0.5)), graph.Add(inner, graph.Constant(1.0)));
    }

    private static OnnxValue WriteSoftplus(OnnxGraph graph, Softplus layer, OnnxValue x)
    {
        var beta = graph.Constant(layer.beta);
        var scaled = graph.Multiply(x, beta);
        var curve = graph.Node("Div", [graph.Node("Softplus", [scaled]), beta]);
        return layer.threshold >= NoThreshold
            ? curve
            : graph.Node("Where", [graph.Node("Greater", [scaled, graph.Constant(layer.threshold)]), x, curve]);
    }

    private static OnnxValue WriteGate(OnnxGraph graph, GLU layer, OnnxValue x)
    {
        var halves = graph.Nodes("Split", [x], 2, new OnnxSetting("axis", layer.dim));
        return graph.Multiply(halves[0], graph.Node("Sigmoid", [halves[1]]));
    }

    private static OnnxValue HardSigmoid(OnnxGraph graph, OnnxValue x) =>
        graph.Node("HardSigmoid", [x], new OnnxSetting("alpha", 1.0 / 6), new OnnxSetting("beta", 0.5));

    private static OnnxValue Shrink(OnnxGraph graph, OnnxValue x, double lambda, double bias) =>
        graph.Node("Shrink", [x], new OnnxSetting("lambd", lambda), new OnnxSetting("bias", bias));

    private static OnnxValue Soft(OnnxGraph graph, string operation, OnnxValue x, long dimension) =>
        graph.Node(operation, [x], new OnnxSetting("axis", dimension));
}
