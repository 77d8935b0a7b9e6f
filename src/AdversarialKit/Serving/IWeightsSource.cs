namespace AdversarialKit;

/// <summary>Where a sampler takes its weights from, again and again.</summary>
internal interface IWeightsSource
{
    /// <summary>Whether there are others than those. Costs next to nothing.</summary>
    bool HasOther(WeightsOrigin than);

    /// <summary>Until disposed, nothing trains there.</summary>
    IDisposable? Hold();

    /// <summary>Copies weights and buffers into a module, all or nothing.</summary>
    WeightsOrigin Load(nn.Module module);
}
