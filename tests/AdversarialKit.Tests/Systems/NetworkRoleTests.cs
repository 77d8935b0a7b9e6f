using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Systems;

/// <summary>What a pass through a network records, by what the step does with it.</summary>
public sealed class NetworkRoleTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Forward_ByRole_RecordsWhatTheStepMayMoveAndNothingElse()
    {
        var (trained, seen, drawn) = (nn.Linear(3, 3), nn.Linear(3, 3), nn.Linear(3, 3));
        var recorded = new Dictionary<string, bool>();
        using var system = new AdversarialSystemBuilder()
            .WithNetwork("trained", trained).WithNetwork("seen", seen).WithNetwork("drawn", drawn).WithTensor("x", 3)
            .WithStep("step", step => step.Trains(trained).Sees(seen).DrawsFrom(drawn).WithOptimizer(Optimizers.Adam(1e-2)).Minimizes(c =>
            {
                var made = c.Forward(trained, c["x"]);
                recorded["trained"] = made.requires_grad;
                recorded["seen, of a batch"] = c.Forward(seen, c["x"]).requires_grad;
                recorded["seen, of what is trained"] = c.Forward(seen, made).requires_grad;
                recorded["drawn"] = c.Forward(drawn, made).requires_grad;
                c.Add("size", made.square().mean());
            }))
            .Build();

        system.TrainStep(Batch.Of(("x", ones(2, 3))));

        recorded.Should().BeEquivalentTo(new Dictionary<string, bool>
        {
            ["trained"] = true,
            ["seen, of a batch"] = false,
            ["seen, of what is trained"] = true,
            ["drawn"] = false,
        });
    }
}
