namespace AdversarialKit;

/// <summary>Judges samples of all ranks: each makes its part and extracts the features, rank 0 puts them together and judges.</summary>
internal sealed class TeamEvaluation(Team team)
{
    private const string Features = "features";
    private const string Classes = "classes";

    /// <param name="extract">Features and class probabilities of so many samples, from the one with that number on.</param>
    /// <param name="judge">Judges all of them.</param>
    /// <param name="count">The samples of all ranks.</param>
    public QualityReport Run(Func<long, long, (Tensor Features, Tensor? Classes)> extract, Func<Tensor, Tensor?, QualityReport> judge, long count)
    {
        var first = count * team.Rank / team.Size;
        var packet = team.Together("make its samples", () => Pack(extract(first, (count * (team.Rank + 1) / team.Size) - first)));
        var packets = team.Gather(packet).Select(TensorPacket.Open).ToList();
        var here = team.Together("judge the samples", () => team.IsFirst ? Judge(packets, judge) : null);
        var history = new EvaluationHistory();
        if (here is not null)
        {
            history.Add(0, here);
        }

        history.SetState(TensorPacket.Open(team.Take(here is null ? null : TensorPacket.Of(history.GetState()))));

        // Figures travel; rank 0, which tells them, keeps their warnings.
        return here ?? history.Last!.Quality;
    }

    private static byte[] Pack((Tensor Features, Tensor? Classes) own)
    {
        var tensors = new Dictionary<string, Tensor> { [Features] = own.Features };
        if (own.Classes is { } classes)
        {
            tensors[Classes] = classes;
        }

        return TensorPacket.Of(tensors);
    }

    private static QualityReport Judge(List<IReadOnlyDictionary<string, Tensor>> packets, Func<Tensor, Tensor?, QualityReport> judge)
    {
        var classes = packets[0].ContainsKey(Classes) ? cat([.. packets.Select(packet => packet[Classes])]) : null;
        return judge(cat([.. packets.Select(packet => packet[Features])]), classes);
    }
}
