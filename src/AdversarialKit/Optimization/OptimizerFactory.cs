using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>
/// Makes the optimizer of one network. Called by <see cref="GanBuilder.Build"/>, after the modules were moved to their
/// device, with the parameters that the network's step may move.
/// </summary>
/// <param name="parameters">The trainable parameters, in the module's order. The optimizer must take them all and no others.</param>
/// <returns>The optimizer; the GAN owns it and disposes it.</returns>
public delegate optim.Optimizer OptimizerFactory(IReadOnlyList<Parameter> parameters);
