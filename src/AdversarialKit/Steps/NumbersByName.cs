using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AdversarialKit;

/// <summary>Numbers by name, in order; equal to others with the same names and numbers, so that results compare by value.</summary>
internal sealed class NumbersByName(IReadOnlyList<KeyValuePair<string, double>> entries) : IReadOnlyDictionary<string, double>
{
    public static NumbersByName None { get; } = new([]);

    public int Count => entries.Count;

    public IEnumerable<string> Keys => entries.Select(entry => entry.Key);

    public IEnumerable<double> Values => entries.Select(entry => entry.Value);

    public double this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(
        $"There is no number '{key}'; there are {string.Join(", ", Keys.Select(name => $"'{name}'"))}.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        foreach (var entry in entries)
        {
            if (entry.Key == key)
            {
                value = entry.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    public override bool Equals(object? obj) => obj is NumbersByName other && entries.SequenceEqual(other);

    public override int GetHashCode() => entries.Aggregate(0, (hash, entry) => HashCode.Combine(hash, entry.Key, entry.Value));

    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
