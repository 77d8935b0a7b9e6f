using Onnx;

namespace AdversarialKit;

/// <summary>The graph of an ONNX file while it is being written: nodes, and the weights that they use.</summary>
/// <remarks>The operations are those of ONNX's operator set <see cref="OperatorSet"/>: https://onnx.ai/onnx/operators.</remarks>
public sealed partial class OnnxGraph
{
    /// <summary>The version of ONNX's operator set that nodes are of.</summary>
    public const int OperatorSet = 17;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<HostTensor> _examples;
    private ModulePath _path;

    internal OnnxGraph(nn.Module root, IReadOnlyList<(string Name, HostTensor Example)> inputs, string output)
    {
        _path = new ModulePath("", root);
        _examples = [.. inputs.Select(input => input.Example)];
        // No value within the graph may take the output's name.
        _names.Add(output);
        foreach (var (name, example) in inputs)
        {
            _names.Add(name);
            Proto.Input.Add(ModelFile.Described(name, example.ElementType, example.Shape.Select((size, i) => i == 0 ? null : (long?)size)));
        }
    }

    internal GraphProto Proto { get; } = new();

    /// <summary>Writes a child module.</summary>
    /// <param name="module">A layer that the export knows, or a module that is an <see cref="IOnnxModule"/>.</param>
    /// <param name="inputs">What its <c>forward</c> is given.</param>
    /// <returns>What its <c>forward</c> returns.</returns>
    /// <exception cref="OnnxExportException">The module is neither of these, or has a setting that cannot be written; the message has its path.</exception>
    public OnnxValue Call(nn.Module module, params OnnxValue[] inputs)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(inputs);
        var outer = _path;
        _path = outer.To(module);
        try
        {
            return Write(module, inputs);
        }
        finally
        {
            _path = outer;
        }
    }

    /// <summary>Writes an operation.</summary>
    /// <param name="operation">Its name in ONNX's operator set, such as <c>Concat</c>.</param>
    /// <param name="inputs">Its inputs, in ONNX's order.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>Its first output.</returns>
    public OnnxValue Node(string operation, IReadOnlyList<OnnxValue> inputs, params OnnxSetting[] attributes) =>
        Nodes(operation, inputs, 1, attributes)[0];

    /// <summary>Puts a tensor into the file.</summary>
    /// <param name="name">Its name within the module that is being written, such as <c>weight</c>.</param>
    /// <param name="tensor">Float32 or Int64, of any device. Is copied.</param>
    /// <returns>The tensor, for use as an input.</returns>
    /// <exception cref="OnnxExportException">The tensor is of another type.</exception>
    public OnnxValue Weight(string name, Tensor tensor)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(tensor);
        return Initializer(_path.Of(name, '.'), ModelFile.Tensor(HostTensor.Of(tensor, $"The tensor '{_path.Of(name, '.')}'")));
    }

    /// <summary>Puts a number into the file.</summary>
    /// <param name="value">A float.</param>
    /// <returns>The number, of shape [].</returns>
    public OnnxValue Constant(double value) => Initializer(_path.Of("constant", '/'), ModelFile.Tensor(new HostTensor([], new[] { (float)value })));

    /// <summary>Puts whole numbers into the file, such as a shape.</summary>
    /// <param name="values">The numbers.</param>
    /// <returns>The numbers, Int64 of shape [n].</returns>
    public OnnxValue Constant(IReadOnlyList<long> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Initializer(_path.Of("constant", '/'), ModelFile.Tensor(new HostTensor([values.Count], values.ToArray())));
    }

    /// <summary>The shape that a value has for the inputs that were given as examples: what can be a setting only if it is known beforehand.</summary>
    /// <param name="value">A value of this graph.</param>
    /// <returns>Its shape, the batch of the examples included.</returns>
    public IReadOnlyList<long> ShapeOf(OnnxValue value) => ModelFile.Evaluate(Proto, value, _examples).Shape;

    internal OnnxValue[] Nodes(string operation, IReadOnlyList<OnnxValue> inputs, int outputs, params OnnxSetting[] attributes)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        ArgumentNullException.ThrowIfNull(inputs);
        var node = new NodeProto { OpType = operation, Name = Unused(_path.Of(operation, '/')) };
        node.Input.AddRange(inputs.Select(input => input.Name));
        node.Output.AddRange(Enumerable.Range(0, outputs).Select(i => i == 0 ? node.Name : Unused(node.Name)));
        node.Attribute.AddRange(attributes.Select(attribute => attribute.Proto));
        Proto.Node.Add(node);
        return [.. node.Output.Select(name => new OnnxValue(name))];
    }

    /// <summary>A layer's fault, with the path of the module that is being written.</summary>
    internal OnnxExportException Fault(string fault) => new($"{_path.Subject} is a {_path.Module.GetType().Name} {fault}");

    private OnnxValue Write(nn.Module module, OnnxValue[] inputs)
    {
        if (module is IOnnxModule own)
        {
            return own.Write(this, inputs);
        }

        if (LayerTable.Find(module.GetType()) is not { } layer)
        {
            var type = module.GetType().Name;
            throw Fault(
                $"whose forward pass the export does not know and cannot see. Let {type} implement IOnnxModule: "
                + "its one method, Write, says the forward pass in ONNX's operations.");
        }

        return inputs.Length == layer.Inputs
            ? layer.Write(this, module, inputs)
            : throw Fault($"that takes {layer.Inputs} input(s), but was given {inputs.Length}.");
    }

    // The same tensor may be written more than once, by a module that is called twice or for a number that is common.
    private OnnxValue Initializer(string name, TensorProto tensor)
    {
        var known = Proto.Initializer.FirstOrDefault(other =>
            (other.Name == name || other.Name.StartsWith(name + "_", StringComparison.Ordinal)) && other.DataType == tensor.DataType
            && other.Dims.Equals(tensor.Dims) && other.RawData.Equals(tensor.RawData));
        if (known is null)
        {
            tensor.Name = Unused(name);
            Proto.Initializer.Add(tensor);
            known = tensor;
        }

        return new OnnxValue(known.Name);
    }

    private string Unused(string name)
    {
        var unused = name;
        for (var i = 2; !_names.Add(unused); i++)
        {
            unused = $"{name}_{i}";
        }

        return unused;
    }
}
