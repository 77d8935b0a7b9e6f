using MnistGan;

namespace AdversarialKit.Tests;

public sealed class DigitsTests : IDisposable
{
    private const string Reasons = "storage.googleapis.com: no route; ossci-datasets.s3.amazonaws.com: no route";

    private readonly SampleWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Load_AutoWithoutNetwork_SaysSoAndDrawsDigits()
    {
        using var data = Digits.Load(new Options(), _world.Around, withTest: true, CancellationToken.None);

        _world.Output.Should().Be($"MNIST is not on this machine and cannot be downloaded ({Reasons}); going on with drawn digits.{Environment.NewLine}");
        data.Training.Images.shape.Should().Equal(60_000, 1, 28, 28);
        data.Test!.Images.shape.Should().Equal(10_000, 1, 28, 28);
    }

    [Fact]
    public void Load_MnistWithoutNetwork_SaysWhatToDo()
    {
        FluentActions.Invoking(() => Digits.Load(new Options { Dataset = DatasetChoice.Mnist }, _world.Around, withTest: false, CancellationToken.None))
            .Should().Throw<UserErrorException>().WithMessage(
                $"MNIST is not on this machine and cannot be downloaded ({Reasons}). "
                + "Name a folder that has its files with --data or MNIST_DIR, or use --dataset digits.");
    }

    [Fact]
    public void Load_Digits_AsksNobody()
    {
        using var data = Digits.Load(new Options { Dataset = DatasetChoice.Digits }, _world.Around, withTest: false, CancellationToken.None);

        _world.Network.Asked.Should().BeEmpty();
        data.Description.Should().Be("60,000 digits drawn by this program");
    }
}
