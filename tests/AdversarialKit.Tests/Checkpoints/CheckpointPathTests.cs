using AdversarialKit.Tests.Support;
using static TorchSharp.torch;

namespace AdversarialKit.Tests.Checkpoints;

/// <summary>Who names a file where a checkpoint is wanted is told which directory is, or what reads the file.</summary>
public sealed class CheckpointPathTests : IDisposable
{
    private readonly CheckpointFolder _folder = new();
    private readonly nn.Module<Tensor, Tensor> _generator = Toy.Generator();
    private readonly nn.Module<Tensor, Tensor> _discriminator = Toy.Discriminator();

    public void Dispose()
    {
        _folder.Dispose();
        _generator.Dispose();
        _discriminator.Dispose();
    }

    [Theory]
    [InlineData("weights.safetensors")]
    [InlineData("WEIGHTS.SafeTensors")]
    public void LoadGenerator_FileOfTensorsAlone_SaysWhatReadsIt(string name)
    {
        Safetensors.Save(_folder[name], _generator.state_dict());

        var load = () => CheckpointWeights.LoadGenerator(_folder[name], _generator);

        load.Should().Throw<CheckpointException>().WithMessage(
            $"'{_folder[name]}': This is a file of tensors and no checkpoint, which is a directory with a manifest. Read it with Safetensors.Load.");
    }

    [Theory]
    [InlineData("generator.safetensors")]
    [InlineData("random.safetensors")]
    [InlineData("manifest.json")]
    [InlineData("manifest.json.sha256")]
    public void Load_FileOfACheckpoint_NamesItsDirectory(string name)
    {
        using var gan = Toy.Builder(_generator, _discriminator).Build();
        var directory = gan.SaveCheckpoint(_folder.Path);
        var file = Path.Combine(directory, name);

        Action[] loads =
        [
            () => CheckpointWeights.LoadGenerator(file, _generator),
            () => CheckpointWeights.LoadDiscriminator(file, _discriminator),
            () => gan.LoadCheckpoint(file),
        ];

        loads.Should().AllSatisfy(load => load.Should().Throw<CheckpointException>().WithMessage(
            $"'{file}': This is a file of the checkpoint that is its directory; name that: '{directory}'."));
    }
}
