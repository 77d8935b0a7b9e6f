namespace AdversarialKit;

/// <summary>All that a report knows of a run.</summary>
internal sealed class ReportContent(string title, SampleHistory samples)
{
    private readonly DiagnosisLedger _diagnoses = new();
    private readonly List<EvaluationResult> _evaluations = [];

    public string Title => title;

    public RunCharts Charts { get; } = new();

    public SampleHistory Samples => samples;

    public IReadOnlyList<Diagnosis> Diagnoses => _diagnoses.All;

    public IReadOnlyList<EvaluationResult> Evaluations => _evaluations;

    /// <summary>What was built; empty before the run begins.</summary>
    public string Configuration { get; private set; } = "";

    /// <summary>Where and when it ran.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; private set; } = [];

    public TrainingProgress? Progress { get; private set; }

    /// <summary>How the run ended; null while it goes on.</summary>
    public FitResult? Result { get; private set; }

    public void Begin(Gan gan)
    {
        Result = null;
        Configuration = gan.Describe();
        Environment = ReportEnvironment.Describe(DateTime.UtcNow);
        foreach (var earlier in gan.Evaluations.Skip(_evaluations.Count))
        {
            Observe(earlier);
        }
    }

    public void Observe(EvaluationResult evaluation)
    {
        _evaluations.Add(evaluation);
        Charts.Observe(evaluation);
    }

    public void Observe(TrainingProgress progress)
    {
        Progress = progress;
        Charts.Observe(progress);
        _diagnoses.Take(progress.Diagnoses);
    }

    public void End(FitResult result)
    {
        Result = result;
        _diagnoses.Take(result.Diagnoses);
    }
}
