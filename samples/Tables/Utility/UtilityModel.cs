using System.Globalization;
using AdversarialKit;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Tables;

/// <summary>Boosted trees (ML.NET's FastTree) that foretell one column from the others; how well, is said by rows that they never saw.</summary>
internal sealed class UtilityModel
{
    private const int MostCategories = 30;

    private readonly string _target;
    private readonly bool _regression;
    private readonly string _positive;
    private readonly List<(string Column, List<string>? Categories)> _inputs = [];
    private readonly int _width;

    /// <summary>Takes categories and the kind of target from the real table.</summary>
    public UtilityModel(Table real, string target)
    {
        _target = target;
        _regression = IsNumeric(real, target);
        _positive = Frequent(real, target)[0];
        foreach (var column in real.Columns.Where(column => column != target))
        {
            _inputs.Add((column, IsNumeric(real, column) ? null : [.. Frequent(real, column).Take(MostCategories)]));
        }

        _width = _inputs.Sum(input => input.Categories?.Count ?? 1);
    }

    /// <summary>What <see cref="Score"/> is: of variance explained, or the area under the ROC curve for the target's most frequent value.</summary>
    public string Measure => _regression ? "R2" : "AUC";

    /// <summary>Trains on one table and judges on another one.</summary>
    public double Score(Table train, Table heldOut)
    {
        var ml = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, _width);
        var data = ml.Data.LoadFromEnumerable(Examples(train), schema);
        var test = ml.Data.LoadFromEnumerable(Examples(heldOut), schema);
        return _regression
            ? ml.Regression.Evaluate(
                ml.Regression.Trainers.FastTree(nameof(Example.Number)).Fit(data).Transform(test), nameof(Example.Number)).RSquared
            : ml.BinaryClassification.EvaluateNonCalibrated(
                ml.BinaryClassification.Trainers.FastTree(nameof(Example.Flag)).Fit(data).Transform(test), nameof(Example.Flag)).AreaUnderRocCurve;
    }

    private static bool IsNumeric(Table table, string column)
    {
        var cells = table.Rows.Select(row => row[column]).OfType<string>().ToList();
        return cells.Count > 0 && cells.All(cell => TryNumber(cell, out _)) && cells.Distinct().Count() > 2;
    }

    private static List<string> Frequent(Table table, string column) =>
        [.. table.Rows.Select(row => row[column] ?? "").GroupBy(cell => cell).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)];

    private static bool TryNumber(string cell, out float number)
    {
        if (float.TryParse(cell, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        var isDate = DateTime.TryParse(cell, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date);
        number = (float)(date - DateTime.UnixEpoch).TotalDays;
        return isDate;
    }

    private List<Example> Examples(Table table)
    {
        var examples = new List<Example>(table.RowCount);
        foreach (var row in table.Rows)
        {
            var cell = row[_target];
            if (_regression && cell is null)
            {
                continue;
            }

            examples.Add(new Example
            {
                Features = Features(row),
                Flag = !_regression && (cell ?? "") == _positive,
                Number = _regression && TryNumber(cell!, out var number) ? number : 0,
            });
        }

        return examples;
    }

    private float[] Features(TableRow row)
    {
        var features = new float[_width];
        var place = 0;
        foreach (var (column, categories) in _inputs)
        {
            var cell = row[column];
            if (categories is null)
            {
                features[place++] = cell is not null && TryNumber(cell, out var number) ? number : float.NaN;
                continue;
            }

            var category = categories.IndexOf(cell ?? "");
            if (category >= 0)
            {
                features[place + category] = 1;
            }

            place += categories.Count;
        }

        return features;
    }
}
