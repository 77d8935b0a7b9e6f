namespace AdversarialKit.Benchmarks;

/// <summary>One way of doing a workload.</summary>
internal interface ITrainingLoop : IDisposable
{
    /// <summary>Makes one iteration, data included, and brings what it measured to the host.</summary>
    void Iterate();
}
