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

    /// <summary>The seed of the run, by which a report knows its own.</summary>
    public long Seed { get; private set; }

    /// <summary>Whether the run is a GAN's, whose numbers have names of their own.</summary>
    public bool IsOfAGan { get; private set; }

    /// <summary>What is to be said of the report itself; null for nothing.</summary>
    public string? Note { get; private set; }

    /// <summary>Takes up what the report of an earlier part of the run shows, or says why it could not.</summary>
    public void Restore(EarlierReport earlier, AdversarialSystem system)
    {
        Note = earlier.Fault;
        Charts.Begin(system);
        Charts.Restore(earlier.Curves);
        samples.Restore(earlier.Shows, earlier.SheetInterval, system.Iteration);
        _diagnoses.Take(earlier.Diagnoses);
    }

    /// <summary>Begins a part of a run. What was observed after its first iteration belongs to a part that was broken off.</summary>
    public void Begin(AdversarialSystem system, bool forget)
    {
        if (forget)
        {
            Charts.Forget(system.Iteration);
            samples.Forget(system.Iteration);
            _diagnoses.Forget(system.Iteration);
            _evaluations.RemoveAll(evaluation => evaluation.Iteration > system.Iteration);
        }

        Result = null;
        Charts.Begin(system);
        Seed = system.Seed;
        IsOfAGan = system.Gan is not null;
        Configuration = system.Describe();
        Environment = ReportEnvironment.Describe(DateTime.UtcNow);
        foreach (var earlier in system.Evaluations.Skip(_evaluations.Count))
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
