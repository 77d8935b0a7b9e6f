using AdversarialKit;
using static TorchSharp.torch;

namespace Translation;

/// <summary>A small classifier of digits.</summary>
internal sealed class Classifier : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> _body;
    private readonly nn.Module<Tensor, Tensor> _head = nn.Linear(128, 10);

    private Classifier() => _body = nn.Sequential(
        nn.Conv2d(1, 16, 3, padding: 1), nn.MaxPool2d(2), nn.BatchNorm2d(16), nn.ReLU(),
        nn.Conv2d(16, 32, 3, padding: 1), nn.MaxPool2d(2), nn.BatchNorm2d(32), nn.ReLU(),
        nn.Flatten(), nn.Linear(32 * 7 * 7, 128), nn.ReLU());

    public nn.Module<Tensor, Tensor> Body => _body;

    public static Classifier Train(Tensor images, Tensor labels, long steps, long seed, CancellationToken stop)
    {
        random.manual_seed(seed);
        var made = new Classifier();
        using var optimizer = optim.Adam(made._body.parameters().Concat(made._head.parameters()), 2e-3);
        using var source = Batches.FromTensor(images, 128, new TensorBatchOptions { Labels = labels, Seed = seed });
        for (var step = 0L; step < steps; step++)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            optimizer.ParamGroups.First().LearningRate = 2e-3 * (1 - (double)step / steps);
            var batch = source.NextBatch()!.Value;
            optimizer.zero_grad();
            nn.functional.cross_entropy(made._head.call(made._body.call(batch.Real)), batch.Condition!).backward();
            optimizer.step();
        }

        made._body.eval();
        return made;
    }

    public (Tensor Features, Tensor Classes) Look(Tensor images)
    {
        using var noGraph = no_grad();
        using var scope = NewDisposeScope();
        var features = cat([.. images.split(500).Select(_body.call)]);
        return (features.MoveToOuterDisposeScope(), _head.call(features).argmax(1).MoveToOuterDisposeScope());
    }

    public void Dispose()
    {
        _body.Dispose();
        _head.Dispose();
    }
}
