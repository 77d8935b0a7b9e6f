namespace AdversarialKit;

/// <summary>In which mode a step runs a network that it does not train.</summary>
public enum NetworkMode
{
    /// <summary>Training mode: batch normalization uses the statistics of the batch, dropout draws.</summary>
    Training,

    /// <summary>Inference mode: running statistics are used, and nothing of the network moves.</summary>
    Inference,
}
