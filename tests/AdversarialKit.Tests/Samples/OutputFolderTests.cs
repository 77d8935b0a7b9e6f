using MnistGan;

namespace AdversarialKit.Tests;

public sealed class OutputFolderTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Prepare_WhileAnotherRunHasTheFolder_IsOneLineAndExitCode2BeforeDataAreLookedFor()
    {
        using (OutputFolder.Prepare(_world.InFolder("out")))
        {
            Program.Run(["--dataset", "mnist", "--out", _world.InFolder("out")], _world.Around).Should().Be(2);
        }

        _world.Error.Should().Be($"Error: --out '{_world.InFolder("out")}' belongs to a run that has not ended; wait for it, or name another folder.{Environment.NewLine}");
        using var next = OutputFolder.Prepare(_world.InFolder("out"));
        next.Should().NotBeNull();
    }
}
