using TorchSharp.Modules;
using static AdversarialKit.Tests.OptimizerTestData;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

public class FusedStateTests
{
    private static readonly Dictionary<string, OptimizerFactory> Factories = new()
    {
        ["Adam"] = Optimizers.Adam(),
        ["Keras Adam"] = Optimizers.KerasAdam(),
        ["SGD, Nesterov"] = Optimizers.Sgd(1e-2, 0.9, nesterov: true),
    };

    public static TheoryData<string> Names => [.. Factories.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void LoadStateDict_OfTorchSharp_ContinuesBitForBit(string name)
    {
        var (whole, halves) = (Parameters(), Parameters());
        using var unbroken = Factories[name](whole);
        using var first = (OptimizerHelper)Factories[name](halves);
        using var second = (OptimizerHelper)Factories[name](halves);
        using var third = (OptimizerHelper)Factories[name](halves);
        Train(unbroken, whole, 0, 20);
        Train(first, halves, 0, 10);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);

        first.save_state_dict(writer);
        stream.Position = 0;
        using (NewDisposeScope())
        {
            second.load_state_dict(new BinaryReader(stream));
            third.load_state_dict(second.state_dict());
        }

        second.Dispose();
        Train(third, halves, 10, 20);

        Bytes(halves).Should().Equal(Bytes(whole));
    }
}
