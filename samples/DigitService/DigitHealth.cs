using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DigitService;

/// <summary>Healthy where digits can be had and nothing failed; degraded where they are had in spite of a fault.</summary>
internal sealed class DigitHealth(DigitSampler sampler, DigitTraining training) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Now());

    private HealthCheckResult Now()
    {
        if (sampler.Current is not { } current)
        {
            return HealthCheckResult.Unhealthy($"There is nothing to serve: {sampler.Reason}");
        }

        var serves = $"Serving the generator of iteration {current.Iteration}.";
        if (current.ReloadFault is { } fault)
        {
            return HealthCheckResult.Degraded($"{serves} Newer weights could not be taken: {fault.Message}");
        }

        return training.Failed
            ? HealthCheckResult.Degraded($"{serves} Training failed: {training.Ended}")
            : HealthCheckResult.Healthy(serves);
    }
}
