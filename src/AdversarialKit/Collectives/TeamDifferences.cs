namespace AdversarialKit;

/// <summary>Says where ranks differ, with both sides.</summary>
internal static class TeamDifferences
{
    /// <summary>Between descriptions of lines <c>name: value</c>; empty where there is none.</summary>
    public static string Find(IReadOnlyList<string> descriptions)
    {
        var first = Lines(descriptions[0]);
        for (var rank = 1; rank < descriptions.Count; rank++)
        {
            var other = Lines(descriptions[rank]);
            var differing = first.Keys.Union(other.Keys).FirstOrDefault(name => first.GetValueOrDefault(name) != other.GetValueOrDefault(name));
            if (differing is not null)
            {
                return $"The ranks were built differently: '{differing}' is {Quoted(first, differing)} on rank 0 and {Quoted(other, differing)} on rank {rank}. " +
                    "Start every rank with the same program and the same arguments.";
            }
        }

        return "";
    }

    /// <summary>Between one thing of each rank.</summary>
    /// <param name="ofRanks">What each has.</param>
    /// <param name="what">What it is.</param>
    /// <param name="cure">What to do about it.</param>
    public static string Between(IReadOnlyList<string> ofRanks, string what, string cure)
    {
        var rank = Enumerable.Range(0, ofRanks.Count).FirstOrDefault(rank => ofRanks[rank] != ofRanks[0]);
        return rank == 0 ? "" : $"Rank 0 has {what} {ofRanks[0]} and rank {rank} {ofRanks[rank]}. {cure}";
    }

    private static Dictionary<string, string> Lines(string description) => description.Split('\n')
        .Select(line => line.Split(": ", 2))
        .Where(line => line.Length == 2)
        .GroupBy(line => line[0])
        .ToDictionary(lines => lines.Key, lines => string.Join("; ", lines.Select(line => line[1])));

    private static string Quoted(Dictionary<string, string> lines, string name) => lines.TryGetValue(name, out var value) ? $"'{value}'" : "not there";
}
