namespace AdversarialKit;

/// <summary>
/// The doctor's findings of a run, each once, however often progress repeats them. Beyond its limit it only counts, so
/// that a long and sick run does not fill memory.
/// </summary>
internal sealed class DiagnosisLedger
{
    private const int Limit = 200;
    private readonly List<Diagnosis> _all = [];
    private readonly HashSet<Diagnosis> _known = [];

    public IReadOnlyList<Diagnosis> All => _all;

    /// <summary>Forgets what was found after an iteration.</summary>
    public void Forget(long iteration)
    {
        _all.RemoveAll(diagnosis => diagnosis.Iteration > iteration);
        _known.RemoveWhere(diagnosis => diagnosis.Iteration > iteration);
    }

    /// <summary>Takes up those not yet known and returns them.</summary>
    public List<Diagnosis> Take(IReadOnlyList<Diagnosis> diagnoses)
    {
        List<Diagnosis> fresh = [];
        foreach (var diagnosis in diagnoses)
        {
            if (_all.Count < Limit && _known.Add(diagnosis))
            {
                _all.Add(diagnosis);
                fresh.Add(diagnosis);
            }
        }

        return fresh;
    }
}
