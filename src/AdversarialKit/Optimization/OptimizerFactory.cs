using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>
/// Makes the optimizer of one network. It is called while the GAN is built, after the network was moved to its device,
/// so that state and parameters live in the same place. Any optimizer of <c>torch.optim</c> fits:
/// <c>parameters => torch.optim.RMSProp(parameters, 5e-5)</c>.
/// </summary>
/// <param name="parameters">The trainable parameters of the network; the optimizer must take all of them and no others.</param>
/// <returns>The optimizer; the GAN owns and disposes it.</returns>
public delegate optim.Optimizer OptimizerFactory(IReadOnlyList<Parameter> parameters);
