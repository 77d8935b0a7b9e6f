namespace AdversarialKit;

/// <summary>What an <see cref="HtmlReport"/> shows, and how often it is written.</summary>
public sealed record HtmlReportOptions
{
    /// <summary>The heading of the page. Any text.</summary>
    /// <value>Default: "GAN training".</value>
    public string Title { get; init; } = "GAN training";

    /// <summary>Every how many iterations a point is added to the curves, at least 1.</summary>
    /// <value>Default: 1. Memory is bounded in any case.</value>
    public int Interval { get; init; } = 1;

    /// <summary>After how much time the file is written anew while the run goes on; not negative.</summary>
    /// <value>Default: 30 seconds. <see cref="Timeout.InfiniteTimeSpan"/>: only at the start and at the end.</value>
    public TimeSpan RenderEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many samples a sheet shows: images <c>[N, 1 or 3, H, W]</c> in [-1, 1], or points <c>[N, 2]</c>, of which at
    /// least 512 are drawn. Large images are made smaller and fewer, to keep the file within a few MB. 0 turns sheets off.
    /// </summary>
    /// <value>Default: 64.</value>
    public int Samples { get; init; } = 64;

    /// <summary>Every how many iterations a sheet is made, at least 1; 0 lets the length of the run decide.</summary>
    /// <value>
    /// Default: 0, a sheet every twentieth of the run. In any case at most 24 are kept: then every other one is dropped,
    /// and they are made half as often.
    /// </value>
    public long SheetInterval { get; init; }

    /// <summary>The condition of a conditional GAN's samples, one label per sample, which then says how many there are.</summary>
    /// <value>Default: null, the classes in turn. It remains the caller's and must live as long as the report.</value>
    public Tensor? Condition { get; init; }

    /// <summary>
    /// Makes what a sheet shows instead of samples, such as sources above their translations: images or points as above. Called as
    /// <see cref="AdversarialSystem.Infer(Func{Tensor})"/> calls, so that it may call networks and leaves no trace.
    /// </summary>
    /// <value>Default: null, samples from latents that stay the same.</value>
    public Func<Tensor>? Images { get; init; }

    /// <summary>In how many rows images lie; not negative.</summary>
    /// <value>Default: 0, about a square.</value>
    public int Rows { get; init; }

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Title, nameof(Title));
        ArgumentOutOfRangeException.ThrowIfLessThan(Interval, 1, nameof(Interval));
        ArgumentOutOfRangeException.ThrowIfNegative(Samples, nameof(Samples));
        ArgumentOutOfRangeException.ThrowIfNegative(Rows, nameof(Rows));
        if (Condition is { } labels && (labels.dim() < 1 || labels.shape[0] == 0))
        {
            throw new ArgumentException($"{nameof(HtmlReportOptions)}.{nameof(Condition)} has the shape [{string.Join(", ", labels.shape)}]; it must be [N, ...], a label or a row for each sample.", nameof(Condition));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(SheetInterval, nameof(SheetInterval));
        if (RenderEvery != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(RenderEvery, TimeSpan.Zero, nameof(RenderEvery));
        }
    }
}
