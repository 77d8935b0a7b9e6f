namespace AdversarialKit;

/// <summary>What a step does with a network.</summary>
internal enum NetworkRole
{
    /// <summary>The step moves it: passes are recorded for its trainable parameters, and its buffers move.</summary>
    Trained,

    /// <summary>The step sees it frozen: gradients pass through it to its input, and nothing of it moves.</summary>
    Seen,

    /// <summary>The step takes samples from it, without a graph; in training mode its buffers move, as in any such pass.</summary>
    DrawnFrom,
}

/// <summary>A network of a step, and what the step does with it.</summary>
internal sealed record NetworkUse(Network Network, NetworkRole Role, NetworkMode Mode = NetworkMode.Training)
{
    /// <summary>A pass of the network in its precision, as the step may run it.</summary>
    public Tensor Forward(Func<Tensor> pass) => Run(() => Network.Compute(pass));

    /// <summary>Runs the network as the step may: the one place that decides what a pass records and what it moves.</summary>
    public T Run<T>(Func<T> pass)
    {
        switch (Role)
        {
            case NetworkRole.Trained:
                return pass();
            case NetworkRole.Seen:
                using (Network.RecordNothing())
                using (Network.IsolateBuffers())
                {
                    return pass();
                }

            default:
                using (no_grad())
                {
                    return pass();
                }
        }
    }
}
