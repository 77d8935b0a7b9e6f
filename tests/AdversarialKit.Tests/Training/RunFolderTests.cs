using MnistGan;

namespace AdversarialKit.Tests;

public sealed class RunFolderTests : IDisposable
{
    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Keep_WhatAnotherRunHas_IsRefusedUntilThatEnds()
    {
        using (RunFolder.Keep(_world.InFolder("out")))
        {
            FluentActions.Invoking(() => RunFolder.Keep(_world.InFolder("out"))).Should().Throw<IOException>()
                .WithMessage($"The folder '{_world.InFolder("out")}' belongs to a run that has not ended; wait for it, or name another folder.");
        }

        using var next = RunFolder.Keep(_world.InFolder("out"));
        next.Path.Should().Be(_world.InFolder("out"));
    }

    [Fact]
    public void Run_WhileAnotherRunHasTheFolder_IsOneLineAndExitCode2BeforeDataAreLookedFor()
    {
        using (RunFolder.Keep(_world.InFolder("out")))
        {
            Program.Run(["--dataset", "mnist", "--out", _world.InFolder("out")], _world.Around).Should().Be(2);
        }

        _world.Error.Should().Be($"Error: The folder '{_world.InFolder("out")}' belongs to a run that has not ended; wait for it, or name another folder.{Environment.NewLine}");
    }
}
