namespace AdversarialKit.Benchmarks;

/// <summary>What sums over n ranks cost on a network, by latency and rate alone.</summary>
/// <param name="Latency">Seconds until the first byte of a message is there.</param>
/// <param name="Rate">Bytes a second between two machines, one way.</param>
internal sealed record ScalingModel(double Latency, double Rate)
{
    /// <summary>
    /// The faster of two usual algorithms (Thakur, Rabenseifner and Gropp 2005, "Optimization of Collective Communication Operations in
    /// MPICH", sections 4.5.2 and 4.5.3): recursive doubling, which sends all bytes log2 n times, and reduce-scatter with all-gather, which sends
    /// nearly twice all bytes in 2 log2 n messages.
    /// </summary>
    public double Seconds(double bytes, int ranks)
    {
        var rounds = Math.Ceiling(Math.Log2(ranks));
        var doubling = rounds * (Latency + (bytes / Rate));
        var halving = (2 * rounds * Latency) + (2 * bytes * (ranks - 1) / ranks / Rate);
        return Math.Min(doubling, halving);
    }

    /// <summary>Of an iteration whose messages are many small ones and a few with nearly all bytes.</summary>
    /// <param name="network">What is summed.</param>
    /// <param name="ranks">How many ranks.</param>
    public double Seconds(ScaledNetwork network, int ranks)
    {
        var small = network.Messages - network.GradientMessages;
        return (network.GradientMessages * Seconds(network.Bytes / network.GradientMessages, ranks)) + (small * Seconds(0, ranks));
    }

    /// <summary>The share of n times one rank's speed, each rank keeping its batch.</summary>
    /// <param name="network">What is summed.</param>
    /// <param name="ranks">How many ranks.</param>
    /// <param name="hidden">The share of an iteration behind which gradients could be summed meanwhile; 0 as it is.</param>
    public double Efficiency(ScaledNetwork network, int ranks, double hidden = 0)
    {
        var communication = Math.Max(0, Seconds(network, ranks) - (hidden * network.Seconds));
        return network.Seconds / (network.Seconds + communication);
    }
}
