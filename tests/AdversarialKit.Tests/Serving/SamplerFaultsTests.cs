using AdversarialKit.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Serving;

/// <summary>Bad input, in words.</summary>
public sealed class SamplerFaultsTests : IDisposable
{
    private readonly ServedToy _toy = new();

    public void Dispose() => _toy.Dispose();

    [Fact]
    public void Sample_OutOfRange_SaysWhatIsAllowed()
    {
        using var sampler = _toy.Open();
        using var label = zeros(2, ScalarType.Int64);

        Message(() => sampler.Sample(0)).Should().Be("count ('0') must be greater than or equal to '1'. (Parameter 'count')" + Environment.NewLine + "Actual value was 0.");
        Message(() => sampler.Sample(2, label)).Should().Be("A condition was given, but the sampler's generator takes latents alone. (Parameter 'condition')");
        Message(() => sampler.Sample(2, psi: double.NaN)).Should().Be(
            "Psi is NaN; it must be a finite number. 1 leaves styles as they are, 0 makes all of them the mean style. (Parameter 'psi')");
        Message(() => sampler.Sample(2, psi: 0.5)).Should().Be(
            "Psi is 0.5, but Sequential has no mean style to go to. Leave psi at 1, or let the generator implement IStyleGenerator. (Parameter 'psi')");
        sampler.Sample(2).Dispose();
    }

    [Fact]
    public void Generate_LatentsThatDoNotFit_SaysWhatIsNeeded()
    {
        using var sampler = _toy.Open();
        using var wrong = rand(2, 5);
        using var doubles = rand(2, 4, ScalarType.Float64);
        using var none = rand(0, 4);

        Message(() => sampler.Generate(wrong)).Should().Be(
            "The latents have the shape [2, 5], but the sampler's latent is normal [4]: they must be [N, 4] with N of at least 1. (Parameter 'latents')");
        Message(() => sampler.Generate(none)).Should().Be(
            "The latents have the shape [0, 4], but the sampler's latent is normal [4]: they must be [N, 4] with N of at least 1. (Parameter 'latents')");
        Message(() => sampler.Generate(doubles)).Should().Be(
            "The latents are of type Float64, but the generator computes in Float32. Draw them with DrawLatents, or convert them with to(...). (Parameter 'latents')");
    }

    [Fact]
    public void FromCheckpoint_OfAnotherNetwork_NamesTheDifferences()
    {
        _toy.Save();

        FluentActions.Invoking(() => GanSampler.FromCheckpoint(_toy.Root, () => nn.Sequential(("hidden", nn.Linear(4, 8))), ServedToy.Latent))
            .Should().Throw<CheckpointException>().Which.Fault.Should().Be("""
                The checkpoint does not fit what was built, and nothing was loaded from it:
                - average: 'norm.num_batches_tracked' is I64 [] in the checkpoint and not in use.
                - average: 'norm.bias' is F32 [8] in the checkpoint and not in use.
                - average: 'norm.running_mean' is F32 [8] in the checkpoint and not in use.
                - average: 'norm.running_var' is F32 [8] in the checkpoint and not in use.
                - average: 'norm.weight' is F32 [8] in the checkpoint and not in use.
                - average: 'out.bias' is F32 [6] in the checkpoint and not in use.
                - average: 'out.weight' is F32 [6, 8] in the checkpoint and not in use.
                """.ReplaceLineEndings());
        FluentActions.Invoking(() => GanSampler.FromCheckpoint(Path.Combine(_toy.Root, "none"), Toy.Generator, ServedToy.Latent))
            .Should().Throw<CheckpointException>().Which.Fault.Should().Be("There is no such checkpoint.");
    }

    [Fact]
    public void FromGan_OfAnotherNetwork_NamesTheDifferences()
    {
        Message(() => GanSampler.FromGan(_toy.Gan, () => nn.Sequential(("hidden", nn.Linear(4, 8)), ("out", nn.Linear(8, 7))))).Should().StartWith(
            "The module is not of the same build as this GAN's generator:\n- The GAN's has 'norm.weight', F32 [8].");
        Message(() => GanSampler.FromGan(_toy.Gan, () => new LabelledModule(4, 2, 6))).Should().Be(
            "The function makes a module of latents and a condition, but this GAN's generator takes latents alone: return a module of one tensor.");
    }

    [Fact]
    public void FromGan_GeneratorThatDraws_IsRefused()
    {
        using var generator = new FunctionModule(4, 6, (linear, input) => linear.call(input) + randn(1));
        using var discriminator = Toy.Discriminator();
        using var gan = Toy.Builder(generator, discriminator).Build();

        Message(() => GanSampler.FromGan(gan, () => new FunctionModule(4, 6, (linear, input) => linear.call(input) + randn(1)))).Should().Be(
            "The generator FunctionModule makes other samples of the same latents when it is called again: it draws random numbers in inference mode, " +
            "or keeps something from one call to the next. A sampler promises the same samples for the same seed. Draw in training mode only, or make the numbers part of the latents.");
    }

    [Fact]
    public void FromGan_WeightsThatAreNoNumbers_AreNotServed()
    {
        using var toy = new ServedToy(averaged: false);
        using var sampler = GanSampler.FromGan(toy.Gan, Toy.Generator);
        toy.Train(1);
        toy.SpoilGenerator();

        Message(() => sampler.Reload()).Should().Be(
            "The generator of iteration 6 makes samples that are not finite numbers, so it was not taken. Find out where its training diverged.");

        using var samples = sampler.Sample(5);
        samples.isfinite().all().ToBoolean().Should().BeTrue();
        sampler.Iteration.Should().Be(5);
    }

    [Fact]
    public void FromGan_OneModuleTwice_IsRefused()
    {
        var one = Toy.Generator();

        Message(() => GanSampler.FromGan(_toy.Gan, () => one)).Should().Be(
            "The function that makes a sampler's generator returned one module twice; it must return a new module at every call.");
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Message(() => _toy.Open(new GanSamplerOptions { LargestBatch = 0 })).Should().StartWith("LargestBatch ('0') must be greater than or equal to '1'.");
        Message(() => _toy.Open(new GanSamplerOptions { Threads = 0 })).Should().StartWith("Threads ('0') must be greater than or equal to '1'.");
        Message(() => _toy.Open(new GanSamplerOptions { ReloadInterval = TimeSpan.Zero })).Should().StartWith("ReloadInterval ('00:00:00') must be greater than '00:00:00'.");
    }

    private static string Message(Func<object> action) => FluentActions.Invoking(action).Should().Throw<Exception>().Which.Message;
}
