using System.Text;

namespace AdversarialKit.Tests.Samples;

/// <summary>The service from its start to its end, as a process.</summary>
public sealed class DigitServiceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("adversarialkit-service-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LinuxFact]
    public async Task Service_WithoutACheckpoint_TrainsServesReloadsStopsAndGoesOn()
    {
        byte[] served;
        long iteration;
        using (var service = new DigitServiceProcess(_folder, iterations: 1_000_000))
        {
            var first = DigitServiceProcess.Iteration(await service.Until(status => DigitServiceProcess.Iteration(status) > 0));
            await service.Until(status => DigitServiceProcess.Iteration(status) > first);

            (await service.Terminate()).Should().Be(0);

            iteration = LatestIteration();
            iteration.Should().BeGreaterThan(first);
        }

        using (var service = new DigitServiceProcess(_folder, iterations: 1_000_000, ("Digits__Train", "false")))
        {
            DigitServiceProcess.Iteration(await service.UntilTrained()).Should().Be(iteration);
            served = await service.Bytes("digits?label=7&count=16&seed=1");
            AssertIsPng(served);
            (await service.Bytes("digits?label=7&count=16&seed=1")).Should().Equal(served);
            (await service.Bytes("digits?label=7&count=16&seed=2")).Should().NotEqual(served);
        }

        using (var service = new DigitServiceProcess(_folder, iterations: (int)iteration + 5))
        {
            await service.UntilTrained();
            LatestIteration().Should().Be(iteration + 5, "the training goes on where it was stopped");
            await service.Until(status => DigitServiceProcess.Iteration(status) == iteration + 5);
            (await service.Bytes("digits?label=7&count=16&seed=1")).Should().NotEqual(served);
        }
    }

    [LinuxFact]
    public async Task Service_BadInput_AnswersInASentenceAndGoesOn()
    {
        using var service = new DigitServiceProcess(_folder, iterations: 5);
        await service.UntilTrained();

        foreach (var (path, sentence) in new[]
        {
            ("digits?label=10", "label is '10'; it must be a whole number from 0 to 9."),
            ("digits?label=seven", "label is 'seven'; it must be a whole number from 0 to 9."),
            ("digits?count=0", "count is '0'; it must be a whole number from 1 to 256."),
            ("digits?count=1000000", "count is '1000000'; it must be a whole number from 1 to 256."),
            ("digits?psi=NaN", "psi is 'NaN'; it must be a number from 0 to 1.5."),
            ("digits?seed=1.5", "seed is '1.5'; it must be a whole number from -9223372036854775808 to 9223372036854775807."),
            ("latent?label=1&z=1,2", "z is '1,2'; it must be 8 numbers from -4 to 4 with commas between them."),
            ("latent?z=0,0,0,0,0,0,0,0", "label is missing; it must be a whole number from 0 to 9."),
            ("walk?label=1&steps=1", "steps is '1'; it must be a whole number from 2 to 64."),
        })
        {
            (await service.Ask(path)).Should().Be((400, sentence));
        }

        AssertIsPng(await service.Bytes("digits?psi=0.5&count=3"));
        AssertIsPng(await service.Bytes("latent?label=1&z=0,0,0,0,0,0,0,0"));
        AssertIsPng(await service.Bytes("walk?label=1&from=3&to=4"));
        (await service.Ask("health")).Should().Be((200, "Serving the generator of iteration 5."));
    }

    [LinuxFact]
    public async Task Service_WithOpenTelemetry_SendsTheLibrarysNumbers()
    {
        using var collector = new TelemetryCollector();
        using var service = new DigitServiceProcess(
            _folder,
            iterations: 5,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"));
        await service.UntilTrained();
        await service.Bytes("digits?count=3");

        foreach (var name in new[] { "adversarialkit.iterations", "adversarialkit.sampler.samples", "http.server.request.duration" })
        {
            (await collector.Heard(name)).Should().BeTrue(name);
        }
    }

    private long LatestIteration() => long.Parse(
        File.ReadAllText(Path.Combine(_folder, "runs", "digits", "latest")).Trim()["iteration-".Length..], System.Globalization.CultureInfo.InvariantCulture);

    private static void AssertIsPng(byte[] bytes) => Encoding.Latin1.GetString(bytes[1..4]).Should().Be("PNG");
}
