namespace AdversarialKit;

/// <summary>Says how a table is learned; what is not said is found in the table, or is the default of each call. Each call replaces what it said before, rules add up.</summary>
public sealed partial class TableSynthesizerBuilder
{
    private SynthesizerSettings _settings = new();

    /// <summary>Learns a table.</summary>
    /// <param name="table">Its rows; 100 at least.</param>
    /// <param name="progress">Told every tenth iteration, on the thread that trains.</param>
    /// <param name="cancellationToken">Ends the fit after the iteration under way; the best weights until then are kept.</param>
    /// <returns>The synthesizer.</returns>
    /// <exception cref="TableException">The table cannot be learned; the message says why, column by column, and what mends it.</exception>
    public TableSynthesizer Fit(Table table, IProgress<TableFitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        var settings = _settings;
        var (model, fit) = new TableFitting(table, settings).Run(progress, cancellationToken);
        return new TableSynthesizer(model, settings, fit);
    }

    /// <summary>A column holds numbers.</summary>
    /// <param name="column">Its name.</param>
    /// <param name="minimum">The least one; null for the least of the table's.</param>
    /// <param name="maximum">The greatest one; null for the greatest of the table's.</param>
    /// <param name="step">All are the minimum and a multiple of it; null for the one that the table's have, 0 for none.</param>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithNumber(string column, double? minimum = null, double? maximum = null, double? step = null) =>
        WithColumn(column, new ColumnWish(ColumnKind.Number) { Minimum = minimum, Maximum = maximum, Step = step });

    /// <summary>A column holds categories, also where they look like numbers.</summary>
    /// <param name="column">Its name.</param>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithCategory(string column) => WithColumn(column, new ColumnWish(ColumnKind.Category));

    /// <summary>A column holds true and false: also as yes and no, y and n, t and f, 1 and 0.</summary>
    /// <param name="column">Its name.</param>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithBoolean(string column) => WithColumn(column, new ColumnWish(ColumnKind.Boolean));

    /// <summary>A column holds dates.</summary>
    /// <param name="column">Its name.</param>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithDate(string column) => WithColumn(column, new ColumnWish(ColumnKind.Date));

    /// <summary>A column holds identifiers: new ones are made, none of the table's.</summary>
    /// <param name="column">Its name.</param>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithIdentifier(string column) => WithColumn(column, new ColumnWish(ColumnKind.Identifier));

    /// <summary>Leaves a column out: synthetic tables do not have it.</summary>
    /// <param name="column">Its name.</param>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithoutColumn(string column) => WithColumn(column, new ColumnWish(Kind: null) { LeftOut = true });

    /// <summary>What every row obeys: real rows are held against it before training, synthetic ones that break it are thrown away.</summary>
    /// <param name="name">Its name in messages, such as "end after start".</param>
    /// <param name="holds">Whether a row obeys it.</param>
    /// <returns>This builder.</returns>
    public TableSynthesizerBuilder WithRule(string name, Func<TableRow, bool> holds)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(holds);
        return Set(_settings with { Rules = [.. _settings.Rules.Where(rule => rule.Name != name), new TableRule(name, holds)] });
    }

    /// <summary>How many rows may be drawn for each that obeys rules and wishes, before sampling gives up and says why.</summary>
    /// <param name="drawsPerRow">At least 1. 100 by default.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="drawsPerRow"/> is less than 1.</exception>
    public TableSynthesizerBuilder WithRejectionLimit(int drawsPerRow) => Set(_settings with { RejectionLimit = AtLeastOne(drawsPerRow) });

    /// <summary>How many categories of a column are learned; the rarer ones beyond share a code.</summary>
    /// <param name="categories">At least 2. 128 by default.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="categories"/> is less than 2.</exception>
    public TableSynthesizerBuilder WithCategoryLimit(int categories)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(categories, 2);
        return Set(_settings with { CategoryLimit = categories });
    }

    /// <summary>Mode-specific normalization of numbers.</summary>
    /// <param name="modes">The most modes that a column's mixture may have. At least 1; 10 by default, as in the paper.</param>
    /// <param name="fewValues">A column of so many different numbers or fewer is learned value by value, without a mixture. 0 or more; 20 by default.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public TableSynthesizerBuilder WithModes(int modes, int fewValues = 20)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fewValues);
        return Set(_settings with { Modes = AtLeastOne(modes), FewValues = fewValues });
    }

    private static int AtLeastOne(int number, [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(number))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number, name);
        return number;
    }

    private TableSynthesizerBuilder WithColumn(string column, ColumnWish wish)
    {
        ArgumentNullException.ThrowIfNull(column);
        return Set(_settings with { Columns = new Dictionary<string, ColumnWish>(_settings.Columns, StringComparer.Ordinal) { [column] = wish } });
    }

    private TableSynthesizerBuilder Set(SynthesizerSettings settings)
    {
        _settings = settings;
        return this;
    }
}
