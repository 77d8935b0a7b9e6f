using TorchSharp.Modules;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Systems;

public sealed class AdversarialSystemFaultsTests : IDisposable
{
    private readonly Linear _first = nn.Linear(3, 3);
    private readonly Sequential _second = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 1));

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void Build_Nothing_ListsAllThatIsMissing() => Faults(new AdversarialSystemBuilder()).Should().Equal(
        "No network was supplied. Call WithNetwork(name, module) for each.",
        "No tensor of the batches was declared. Call WithTensor(name, shape) for each.",
        "No step was described. Call WithStep(name, step => step.Trains(...).WithOptimizer(...).Minimizes(...)).");

    [Fact]
    public void Build_ManyFaults_ListsThemInOneMessage()
    {
        using var unused = nn.Linear(2, 2);

        var faults = Faults(new AdversarialSystemBuilder()
            .WithNetwork("First", _first)
            .WithNetwork("second", _second)
            .WithNetwork("unused", unused)
            .WithTensor("x", 3)
            .WithTensor("x", 3)
            .WithStep("one", step => step.Sees(_first))
            .WithStep("one", step => step.Trains(_second).Sees(_second).Repeats(0).WithOptimizer(Optimizers.Adam()).Minimizes(_ => { })));

        faults.Should().HaveCount(9);
        faults[0].Should().StartWith("The network is named 'First', but names become files and must be lower-case letters, digits and hyphens");
        faults.Should().Contain("Two steps are named 'one'. Give each a name of its own.");
        faults.Should().Contain("Two tensors are named 'x'. Give each a name of its own.");
        faults.Should().Contain("The step 'one' has no optimizer. Call WithOptimizer(...), for example with Optimizers.Adam(2e-4, beta1: 0.5).");
        faults.Should().Contain("The step 'one' has no objective. Call Minimizes(context => context.Add(name, loss)).");
        faults.Should().Contain("The step 'one' names the network 'second' more than once. A step trains a network, sees it or draws from it.");
        faults.Should().Contain("The step 'one' called Repeats(0); a step comes at least once in an iteration.");
        faults.Should().Contain("The network 'unused' is in no step. Name it in Trains, Sees or DrawsFrom of a step, or leave it out.");
    }

    [Fact]
    public void Build_StepThatTrainsNothing_SaysSo() => Faults(Builder(step => step.Sees(_first).Sees(_second).Minimizes(_ => { })))
        .Should().ContainSingle().Which.Should().Be("The step 'step' trains nothing. Call Trains(network).");

    [Fact]
    public void Build_TwoStepsTrainOneNetwork_AsksForAlsoTrains()
    {
        Action<StepContext> objective = c => c.Add("size", c.Forward(_first, c["x"]).square().mean());

        Faults(Single().WithStep("again", step => step.Trains(_first).WithOptimizer(Optimizers.Adam()).Minimizes(objective))).Should().Equal(
            "The network 'first' is trained by the steps 'step' and 'again', each with an optimizer of its own. If that is meant, call AlsoTrains instead of Trains in 'again'.");
        using var system = Single().WithStep("again", step => step.AlsoTrains(_first).WithOptimizer(Optimizers.Adam()).Minimizes(objective)).Build();
        system.Steps.Should().HaveCount(2);

        AdversarialSystemBuilder Single() => new AdversarialSystemBuilder().WithNetwork("first", _first).WithTensor("x", 3)
            .WithStep("step", step => step.Trains(_first).WithOptimizer(Optimizers.Adam()).Minimizes(objective));
    }

    [Fact]
    public void Build_AllParametersFrozenBefore_SaysSo()
    {
        foreach (var parameter in _first.parameters())
        {
            parameter.requires_grad = false;
        }

        Faults(Builder(step => step.Trains(_first).Sees(_second).Minimizes(_ => { }))).Should().ContainSingle()
            .Which.Should().StartWith("The step 'step' trains the network 'first', all of whose parameters were frozen before Build().");
    }

    [Fact]
    public void Build_ObjectiveWithoutAConnection_IsToldByTheTrial() => Faults(Builder(step => step.Trains(_first).Sees(_second)
            .Minimizes(c => c.Add("size", c.Forward(_first, c["x"]).detach().square().mean()))))
        .Should().ContainSingle().Which.Should().StartWith(
            "The step 'step' cannot run on a trial batch of 'x' [2, 3]: The objective of the step 'step' is not connected to anything that the step trains.");

    [Fact]
    public void Build_ObjectiveThatDoesNotReachOneOfTheNetworks_NamesIt() => Faults(Builder(step => step.Trains(_first, _second)
            .Minimizes(c => c.Add("size", c.Forward(_first, c["x"]).square().mean()))))
        .Should().ContainSingle().Which.Should().Be(
            "The step 'step' trains 'second', but its objective does not depend on it. Run it through the context's Forward on the way to a term, or leave it out of Trains.");

    [Fact]
    public void Build_ObjectiveOfAWrongShape_SaysWhatItIs() => Faults(Builder(step => step.Trains(_first).Sees(_second)
            .Minimizes(c => c.Add("size", c.Forward(_first, c["x"])))))
        .Should().ContainSingle().Which.Should().Be(
            "The step 'step' cannot run on a trial batch of 'x' [2, 3]: The step 'step' gave 'size' as a tensor of shape [2, 3]; it must be a scalar. Take its mean(). (Parameter 'value')");

    [Fact]
    public void Build_ShapesThatDoNotFit_AreToldByTheTrial() => Faults(Builder(step => step.Trains(_first).Sees(_second)
            .Minimizes(c => c.Add("size", c.Forward(_first, c["x"].narrow(1, 0, 2)).mean()))))
        .Should().ContainSingle().Which.Should().StartWith("The step 'step' cannot run on a trial batch of 'x' [2, 3]: ");

    [Fact]
    public void Build_TensorThatNobodyDeclared_NamesThoseThatAreThere() => Faults(Builder(step => step.Trains(_first).Sees(_second)
            .Minimizes(c => c.Add("size", c.Forward(_first, c["y"]).mean()))))
        .Should().ContainSingle().Which.Should().Contain("The step 'step' asked for 'y', but its batch has x. Declare it with WithTensor, or share it in an earlier step.");

    [Fact]
    public void Build_NetworkThatTheStepDoesNotName_IsRefused() => Faults(new AdversarialSystemBuilder()
            .WithNetwork("first", _first).WithNetwork("second", _second).WithTensor("x", 3)
            .WithStep("step", step => step.Trains(_first).WithOptimizer(Optimizers.Adam()).Minimizes(c => c.Add("judged", c.Forward(_second, c.Forward(_first, c["x"])).mean())))
            .WithStep("other", step => step.Trains(_second).WithOptimizer(Optimizers.Adam()).Minimizes(c => c.Add("judged", c.Forward(_second, c["x"]).mean()))))
        .Should().ContainSingle().Which.Should().Contain("The step 'step' runs a Sequential that it does not name; it names 'first'. Call Trains, Sees or DrawsFrom with that module");

    [Fact]
    public void Build_SeenModuleCalledByItself_IsToldByItsBuffers() => Faults(Builder(step => step.Trains(_first).Sees(_second)
            .Minimizes(c => c.Add("judged", _second.call(c.Forward(_first, c["x"])).mean()))))
        .Should().ContainSingle().Which.Should().Be(
            "The step 'step' moved the buffer '1.running_mean' of 'second', which it does not train: the module was called by itself. Call it through the context: context.Forward(module, input).");

    [Fact]
    public void Build_AfterATrial_LeavesNoTrace()
    {
        var before = Support.Snapshot.Of(_second);
        using var torchRandom = random.get_rng_state();

        using var system = Builder(step => step.Trains(_second).DrawsFrom(_first)
            .Minimizes(c => c.Add("judged", nn.functional.dropout(c.Forward(_second, c.Forward(_first, c["x"])), 0.5, training: true).mean()))).Build();

        Support.Snapshot.Of(_second).Should().Be(before);
        using var torchRandomAfter = random.get_rng_state();
        torchRandomAfter.Equals(torchRandom).Should().BeTrue();
        system.Iteration.Should().Be(0);
    }

    private AdversarialSystemBuilder Builder(Action<CompiledStepBuilder> describe) => new AdversarialSystemBuilder()
        .WithNetwork("first", _first)
        .WithNetwork("second", _second)
        .WithTensor("x", 3)
        .WithStep("step", step => describe(step.WithOptimizer(Optimizers.Adam())));

    private static IReadOnlyList<string> Faults(AdversarialSystemBuilder builder) =>
        builder.Invoking(b => b.Build()).Should().Throw<InvalidGanException>().Which.Faults;
}
