namespace AdversarialKit;

/// <summary>
/// Draws synthetic rows like those of a table that it has learned: CTGAN (Xu, Skoularidou, Cuesta-Infante and Veeramachaneni 2019,
/// "Modeling Tabular Data using Conditional GAN", https://arxiv.org/abs/1907.00503) on this library's <see cref="Gan"/>. Calls may come from any thread, one after the other.
/// </summary>
public sealed class TableSynthesizer : IDisposable
{
    private readonly TableModel _model;
    private readonly SynthesizerSettings _settings;
    private readonly Random _random;
    private readonly object _gate = new();
    private long _written;
    private bool _disposed;

    internal TableSynthesizer(TableModel model, SynthesizerSettings settings, TableFit? fit, long written = 0)
    {
        (_model, _settings, Fitted, _written) = (model, settings, fit, written);
        // Rows that were drawn before it was saved do not come once more.
        _random = new Random(unchecked((int)((settings.Seed * 7919) + (written * 104_729))));
        Columns = [.. model.Plan.Columns.Select(column => column.Info)];
    }

    /// <summary>What is known of each column, in the order of the synthetic tables.</summary>
    public IReadOnlyList<TableColumnInfo> Columns { get; }

    /// <summary>How the fit went.</summary>
    /// <value>Null for one that was loaded.</value>
    public TableFit? Fitted { get; }

    internal TableModel Model => _model;

    /// <summary>Learns a table with what a <see cref="TableSynthesizerBuilder"/> does by default.</summary>
    /// <param name="table">Its rows; 100 at least.</param>
    /// <returns>The synthesizer.</returns>
    /// <exception cref="TableException">The table cannot be learned; the message says why, column by column, and what mends it.</exception>
    public static TableSynthesizer Fit(Table table) => new TableSynthesizerBuilder().Fit(table);

    /// <summary>Draws rows.</summary>
    /// <param name="count">How many; at least 1.</param>
    /// <param name="where">Values that all of them have: of categories, booleans, or numbers that many rows share. The rarest of them is the generator's condition, the others are by rejection.</param>
    /// <param name="seed">Makes the same rows each time it is given; null goes on in the synthesizer's own sequence.</param>
    /// <returns>A table with the columns of the learned one, less those left out.</returns>
    /// <exception cref="TableException">There is no such column or value, or fewer rows than one in as many draws as the builder's limit obey rules and wishes.</exception>
    /// <exception cref="ObjectDisposedException">It is disposed of.</exception>
    public Table Sample(int count, IReadOnlyList<(string Column, string? Value)>? where = null, long? seed = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var wishes = Wishes.Of(where ?? [], _model);
            var random = seed is { } given ? new Random(unchecked((int)(given ^ (given >> 32)))) : _random;
            var drawing = new RowDrawing(_model, _settings.Rules, _settings.RejectionLimit);
            var table = drawing.Draw(count, wishes, seed is null ? _written : 0, random);
            _written += seed is null ? count : 0;
            return table;
        }
    }

    /// <summary>Writes it as one file, which holds the generator's weights, categories, modes, limits and quantiles of the table, and none of its rows.</summary>
    /// <param name="path">The file, which is replaced once the new one is whole.</param>
    /// <exception cref="ObjectDisposedException">It is disposed of.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            SynthesizerFile.Save(path, _model, _settings, _written);
        }
    }

    /// <summary>
    /// Reads what <see cref="Save"/> wrote: it goes on behind the rows and identifiers that were drawn before. Two that are loaded from one file draw the same
    /// rows; give <see cref="Sample"/> a seed where they shall differ.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="rules">The rules that it was fitted with: a file cannot hold their code.</param>
    /// <returns>The synthesizer.</returns>
    /// <exception cref="TableException">The file is none of a synthesizer or is damaged, or a rule is missing.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TableSynthesizer Load(string path, params TableRule[] rules)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(rules);
        return SynthesizerFile.Load(path, rules);
    }

    /// <summary>Frees the generator.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                _model.Dispose();
            }
        }
    }
}
