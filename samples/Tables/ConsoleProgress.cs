using AdversarialKit;

namespace Tables;

/// <summary>A line for each look at the figures.</summary>
internal sealed class ConsoleProgress(TextWriter output) : IProgress<TableFitProgress>
{
    private TableFigure? _last;

    public void Report(TableFitProgress value)
    {
        if (value.Figure is { } figure && figure != _last)
        {
            _last = figure;
            output.WriteLine($"{value.Iteration,6} of {value.TotalIterations}  {value.Elapsed:hh\\:mm\\:ss}  columns {figure.ColumnSimilarity:F3}  pairs {figure.PairSimilarity:F3}");
        }
    }
}
