#:package AdversarialKit@$(PackageUnderTest)
#:package TorchSharp-cpu@0.107.0
#:property TargetFramework=net10.0
#:property UseAppHost=true
#:property TreatWarningsAsErrors=false

// Run as it is, and published in every way: whatever is trimmed away, what it prints stays the same to the last bit.
using System.Security.Cryptography;
using AdversarialKit;
using TorchSharp;
using static TorchSharp.torch;

NativeTorch.EnsureLoaded();
Console.WriteLine($"mended: {NativeTorch.IsMended}");
set_num_threads(1);
random.manual_seed(1);
using var generator = new Generator();
using var discriminator = new Discriminator();
using var gan = new GanBuilder()
    .WithGenerator(generator)
    .WithDiscriminator(discriminator)
    .WithClassLabels(3)
    .WithLatent(Latent.Normal(8))
    .WithLoss(AdversarialLoss.Hinge())
    .WithOptimizers(Optimizers.Adam(1e-3, beta1: 0))
    .WithGeneratorAverage(Ema.Decay(0.9))
    .WithSeed(42)
    .Build();
for (var i = 0; i < 3; i++)
{
    using var scope = NewDisposeScope();
    gan.TrainStep(new Batch(ones(16, 2), zeros(16, int64)));
}

gan.SaveCheckpoint("checkpoint");
gan.LoadCheckpoint("checkpoint");
using (var scope = NewDisposeScope())
{
    gan.TrainStep(new Batch(ones(16, 2), zeros(16, int64)));
}

Show("generator", generator);
Show("discriminator", discriminator);
using var copy = new Discriminator().to(bfloat16);
Console.WriteLine($"bfloat16: {copy.state_dict().Values.Count(t => t.dtype == bfloat16)}, {copy.forward(ones(2, 2, dtype: bfloat16), zeros(2, int64)).dtype}");

static void Show(string role, nn.Module module)
{
    using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach (var tensor in module.state_dict().Values)
    {
        hash.AppendData(tensor.bytes);
    }

    Console.WriteLine($"{role}: {module.parameters().Count()} parameters, {module.buffers().Count()} buffers, {Convert.ToHexString(hash.GetHashAndReset())[..16]}");
}

internal sealed class Generator : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> input = nn.Linear(8, 16);
    private readonly nn.Module<Tensor, Tensor, Tensor> norm = GanLayer.ConditionalBatchNorm1d(16, 3);
    private readonly nn.Module<Tensor, Tensor> body = nn.Sequential(new Block(16), nn.BatchNorm1d(16), nn.Linear(16, 2));

    public Generator() : base(nameof(Generator)) => RegisterComponents();

    public override Tensor forward(Tensor latents, Tensor labels) => body.call(norm.call(input.call(latents), labels));
}

internal sealed class Block : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> linear;
    private readonly TorchSharp.Modules.Parameter scale = nn.Parameter(ones(1));

    public Block(int size) : base(nameof(Block))
    {
        linear = nn.Linear(size, size);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => linear.call(input) * scale;
}

internal sealed class Discriminator : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> body = nn.Sequential(SpectralNorm.Linear(2, 16), nn.LeakyReLU(0.2), new Block(16), new Square());
    private readonly nn.Module<Tensor, Tensor, Tensor> head = GanLayer.ProjectionHead(16, 3, spectralNorm: true);

    public Discriminator() : base(nameof(Discriminator)) => RegisterComponents();

    public override Tensor forward(Tensor samples, Tensor labels) => head.call(body.call(samples), labels);
}

// No field and no part: nothing to find, and nothing to complain of.
internal sealed class Square() : nn.Module<Tensor, Tensor>(nameof(Square))
{
    public override Tensor forward(Tensor input) => input.square();
}
