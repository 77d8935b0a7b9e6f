using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <content>How the GAN is made and trained.</content>
public sealed partial class TableSynthesizerBuilder
{
    /// <summary>How long it trains.</summary>
    /// <param name="epochs">As many times as the table has rows, rows are drawn. At least 1. By default there are 5,000 iterations, but no more than 300 epochs.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is less than 1.</exception>
    public TableSynthesizerBuilder WithEpochs(int epochs) => Set(_settings with { Epochs = AtLeastOne(epochs) });

    /// <summary>Ends training after a time.</summary>
    /// <param name="limit">The time; more than 0. None by default.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is 0 or less.</exception>
    public TableSynthesizerBuilder WithTimeLimit(TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero);
        return Set(_settings with { TimeLimit = limit });
    }

    /// <summary>Looks at the figures during training, keeps the weights with the best ones, and ends it where they get no better.</summary>
    /// <param name="patience">So many looks without a better figure end training; 0 goes on to the end, as by default.</param>
    /// <param name="interval">Iterations between two looks, rounded up to tens. At least 1; 250 by default.</param>
    /// <param name="rows">Rows that are compared. At least 100; 5,000 by default.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public TableSynthesizerBuilder WithEarlyStop(int patience, int interval = 250, int rows = 5000)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, TablePlan.FewestRows);
        return Set(_settings with { Patience = patience, FigureInterval = AtLeastOne(interval), FigureRows = rows });
    }

    /// <summary>Rows of a batch.</summary>
    /// <param name="rows">At least 2; 200 by default (500 in the paper). Rounded down to a multiple of the rows that are judged at once.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is less than 2.</exception>
    public TableSynthesizerBuilder WithBatchSize(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 2);
        return Set(_settings with { BatchSize = rows });
    }

    /// <summary>Rows that the discriminator judges at once, against mode collapse (PacGAN, Lin et al. 2018).</summary>
    /// <param name="rows">At least 1; 1 by default (10 in the paper).</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rows"/> is less than 1.</exception>
    public TableSynthesizerBuilder WithPacking(int rows) => Set(_settings with { Packing = AtLeastOne(rows) });

    /// <summary>Leaves out the conditional vector and training by sampling: rows are drawn as often as they are.</summary>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithoutConditions() => Set(_settings with { Conditional = false });

    /// <summary>The generator.</summary>
    /// <param name="latent">Numbers that a row is made of. At least 1; 128 by default.</param>
    /// <param name="widths">The width of each hidden layer; null for 256 and 256.</param>
    /// <param name="temperature">Of Gumbel-softmax. Above 0; 0.2 by default, as in the paper.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public TableSynthesizerBuilder WithGenerator(int latent = 128, IReadOnlyList<int>? widths = null, double temperature = 0.2)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        return Set(_settings with { Latent = AtLeastOne(latent), GeneratorWidths = Widths(widths), Temperature = temperature });
    }

    /// <summary>The discriminator.</summary>
    /// <param name="widths">The width of each hidden layer; null for 256 and 256.</param>
    /// <param name="dropout">The share that dropout takes of each. 0 or more, less than 1; 0 by default.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public TableSynthesizerBuilder WithDiscriminator(IReadOnlyList<int>? widths = null, double dropout = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(dropout);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(dropout, 1);
        return Set(_settings with { DiscriminatorWidths = Widths(widths), Dropout = dropout });
    }

    /// <summary>Updates of the discriminator for each of the generator.</summary>
    /// <param name="steps">At least 1; 1 by default.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is less than 1.</exception>
    public TableSynthesizerBuilder WithDiscriminatorSteps(int steps) => Set(_settings with { DiscriminatorSteps = AtLeastOne(steps) });

    /// <summary>The loss, and the discriminator's penalty.</summary>
    /// <param name="loss">The loss. <see cref="AdversarialLoss.NonSaturating"/> by default (<see cref="AdversarialLoss.Wasserstein"/> in the paper).</param>
    /// <param name="penalty">The penalty, or null for none. <see cref="Penalty.R1"/> by default (<see cref="Penalty.WganGp"/> in the paper).</param>
    /// <param name="weight">Its weight. 0 or more; 0.05 for the default penalty (10 in the paper).</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="weight"/> is negative.</exception>
    public TableSynthesizerBuilder WithLoss(IAdversarialLoss loss, IDiscriminatorPenalty? penalty, double weight)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        return Set(_settings with { Loss = loss, Penalty = penalty, PenaltyWeight = weight });
    }

    /// <summary>The optimizers; Adam with learning rate 1e-3, betas 0.5 and 0.9 by default (2e-4 in the paper).</summary>
    /// <param name="discriminator">The discriminator's.</param>
    /// <param name="generator">The generator's.</param>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithOptimizers(OptimizerFactory discriminator, OptimizerFactory generator)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(generator);
        return Set(_settings with { DiscriminatorOptimizer = discriminator, GeneratorOptimizer = generator });
    }

    /// <summary>The average of the generator's weights that rows are made with.</summary>
    /// <param name="average">The average, or null for none. A half-life of 50,000 rows by default; the paper has none.</param>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithAverage(EmaOptions? average) => Set(_settings with { Average = average });

    /// <summary>Leaves margins as the generator makes them: rows are not weighted, numbers not mapped to the table's quantiles. The paper has no such calibration.</summary>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithoutCalibration() => Set(_settings with { Calibrated = false });

    /// <summary>What all of the randomness comes from: same table, seed, machine and number of threads, same rows.</summary>
    /// <param name="seed">Any number; 1 by default.</param>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithSeed(long seed) => Set(_settings with { Seed = seed });

    /// <summary>Where the GAN logs to.</summary>
    /// <param name="loggerFactory">The factory. Remains the caller's.</param>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithLogger(ILoggerFactory loggerFactory)
    {
        ArgumentNullException.ThrowIfNull(loggerFactory);
        return Set(_settings with { Logger = loggerFactory });
    }

    private static IReadOnlyList<int> Widths(IReadOnlyList<int>? widths)
    {
        foreach (var width in widths ?? [])
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width, nameof(widths));
        }

        return widths is { Count: > 0 } ? [.. widths] : [256, 256];
    }
}
