namespace AdversarialKit.Tests.Reporting;

/// <summary>Progress as Fit would report it, with figures that are easy to recognise.</summary>
internal static class MadeUpRun
{
    public static StepResult Step(long iteration, double loss = 0.5) => new(
        iteration,
        new DiscriminatorResult
        {
            Loss = loss,
            RealLoss = loss / 4,
            FakeLoss = 3 * loss / 4,
            RealAccuracy = 0.75,
            FakeAccuracy = 0.5,
            GradientNorm = double.NaN,
        },
        new GeneratorResult { Loss = 2 * loss, GradientNorm = double.NaN });

    public static TrainingProgress Progress(long iteration, double loss = 0.5, long total = 100) => new()
    {
        Iteration = iteration,
        TotalIterations = total,
        Step = Step(iteration, loss),
        Elapsed = TimeSpan.FromSeconds(iteration / 8.0),
        IterationsPerSecond = 8,
        Remaining = TimeSpan.FromSeconds((total - iteration) / 8.0),
        DiscriminatorLearningRate = 4e-4,
        GeneratorLearningRate = 2e-4,
        SamplesSeen = 16 * iteration,
        Diagnoses = [],
    };

    public static FitResult Result(long iterations, StopReason reason = StopReason.Completed) => new()
    {
        Reason = reason,
        Iterations = iterations,
        Elapsed = TimeSpan.FromSeconds(iterations / 8.0),
        Last = Step(iterations),
        Diagnoses = [],
    };

    public static Diagnosis Finding(string message = "Accuracy 0.99 for 200 iterations.") =>
        new(DiagnosisKind.DiscriminatorSaturated, 7, message);
}
