namespace AdversarialKit;

/// <summary>Which checkpoints stay on the disk when a new one was written.</summary>
public sealed record CheckpointRetention
{
    private readonly int _keepLast = 3;

    /// <summary>How many of the newest checkpoints stay.</summary>
    /// <value>At least 1; 3 by default. <see cref="int.MaxValue"/> keeps all.</value>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1.</exception>
    public int KeepLast
    {
        get => _keepLast;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _keepLast = value;
        }
    }

    /// <summary>Which values of the metric are better; the checkpoint with the best one stays beside the newest.</summary>
    /// <value><see cref="MetricDirection.LowerIsBetter"/> by default. Without effect on checkpoints that have no metric.</value>
    public MetricDirection MetricDirection { get; init; }
}
