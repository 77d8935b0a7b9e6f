namespace AdversarialKit;

/// <content>Passes through networks, and gradients.</content>
public sealed partial class StepContext
{
    /// <summary>Runs a network as this step may use it.</summary>
    /// <param name="network">A network that the step trains, sees or draws from.</param>
    /// <param name="input">Its input; remains the caller's.</param>
    /// <returns>Its output: with a graph to the network's parameters where the step trains it, to the input alone where it sees it frozen, with none where it draws from it.</returns>
    /// <exception cref="ArgumentException">The step does not name the network.</exception>
    public Tensor Forward(nn.Module<Tensor, Tensor> network, Tensor input) =>
        UseOf(network).Forward(() => network.call(input));

    /// <summary>Runs a network of two inputs; see <see cref="Forward(nn.Module{Tensor, Tensor}, Tensor)"/>.</summary>
    /// <param name="network">A network that the step trains, sees or draws from.</param>
    /// <param name="first">Its first input.</param>
    /// <param name="second">Its second input.</param>
    /// <returns>Its output.</returns>
    /// <exception cref="ArgumentException">The step does not name the network.</exception>
    public Tensor Forward(nn.Module<Tensor, Tensor, Tensor> network, Tensor first, Tensor second) =>
        UseOf(network).Forward(() => network.call(first, second));

    /// <summary>Runs a network of three inputs; see <see cref="Forward(nn.Module{Tensor, Tensor}, Tensor)"/>.</summary>
    /// <param name="network">A network that the step trains, sees or draws from.</param>
    /// <param name="first">Its first input.</param>
    /// <param name="second">Its second input.</param>
    /// <param name="third">Its third input.</param>
    /// <returns>Its output.</returns>
    /// <exception cref="ArgumentException">The step does not name the network.</exception>
    public Tensor Forward(nn.Module<Tensor, Tensor, Tensor, Tensor> network, Tensor first, Tensor second, Tensor third) =>
        UseOf(network).Forward(() => network.call(first, second, third));

    /// <summary>
    /// Runs a network on two batches that are at hand at the same time, such as real samples and fakes: as one batch where every layer is known to treat each
    /// sample alone (convolutions, linear layers, activations, layer, group and instance normalization, pooling), which reads every weight once; one after the
    /// other where not (batch normalization, dropout, spectral normalization, a layer of your own) or where samples differ in shape or type.
    /// </summary>
    /// <param name="network">A network that the step trains, sees or draws from.</param>
    /// <param name="first">A batch; remains the caller's.</param>
    /// <param name="second">Another batch, of any size; remains the caller's.</param>
    /// <returns>The outputs of both, as two calls of <see cref="Forward(nn.Module{Tensor, Tensor}, Tensor)"/> return them, to rounding.</returns>
    /// <exception cref="ArgumentException">The step does not name the network.</exception>
    public (Tensor First, Tensor Second) ForwardTogether(nn.Module<Tensor, Tensor> network, Tensor first, Tensor second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (!UseOf(network).Network.TreatsSamplesAlone || !AreAlike(first, second))
        {
            return (Forward(network, first), Forward(network, second));
        }

        var both = Forward(network, cat([first, second])).split([first.size(0), second.size(0)]);
        return (both[0], both[1]);
    }

    /// <summary>
    /// Runs any part of a network in any way, as this step may use it: for more inputs or outputs, for a method of the module's own, for
    /// intermediate features.
    /// </summary>
    /// <typeparam name="TNetwork">The module's type.</typeparam>
    /// <typeparam name="TResult">What the pass returns.</typeparam>
    /// <param name="network">A network that the step trains, sees or draws from.</param>
    /// <param name="pass">The pass. Tensors in what it returns keep the type in which they were computed.</param>
    /// <returns>What <paramref name="pass"/> returned.</returns>
    /// <exception cref="ArgumentException">The step does not name the network.</exception>
    public TResult Run<TNetwork, TResult>(TNetwork network, Func<TNetwork, TResult> pass)
        where TNetwork : nn.Module
    {
        ArgumentNullException.ThrowIfNull(pass);
        return UseOf(network).Run(() => pass(network));
    }

    /// <summary>The points as a leaf that records, for <see cref="Gradient"/>; their own graph is cut.</summary>
    /// <param name="points">Any batch of a floating type.</param>
    /// <returns>A tensor that shares the memory of <paramref name="points"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="points"/> is not of a floating type.</exception>
    public static Tensor Leaf(Tensor points) => DiscriminatorGradient.Leaf(points);

    /// <summary>The gradient of a sum with respect to a tensor that it was computed from, with a graph of its own: for penalties on gradients.</summary>
    /// <param name="output">What is summed, connected to <paramref name="input"/>.</param>
    /// <param name="input">A <see cref="Leaf"/>, or a tensor within a graph, such as styles.</param>
    /// <returns>The gradient, shaped as <paramref name="input"/>.</returns>
    /// <exception cref="InvalidOperationException">There is no graph between the two, or the gradient depends on nothing that learns.</exception>
    public static Tensor Gradient(Tensor output, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(input);
        return DiscriminatorGradient.Of([output], [input])[0];
    }

    private static bool AreAlike(Tensor first, Tensor second) =>
        first.dim() == second.dim() && first.dim() > 0 && first.dtype == second.dtype && first.shape.AsSpan(1).SequenceEqual(second.shape.AsSpan(1));

    private NetworkUse UseOf(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return _step.UseOf(network);
    }
}
