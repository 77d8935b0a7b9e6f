using AdversarialKit;
using static TorchSharp.torch;

NativeTorch.EnsureLoaded();
set_num_threads(1);     // these networks are too small to share
random.manual_seed(1);  // the initial weights

using var generator = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 2));
using var discriminator = nn.Sequential(nn.Linear(2, 64), nn.LeakyReLU(0.2), nn.Linear(64, 64), nn.LeakyReLU(0.2), nn.Linear(64, 1));

using var gan = new GanBuilder()
    .WithGenerator(generator)
    .WithDiscriminator(discriminator)
    .WithLatent(Latent.Normal(8))
    .WithLoss(AdversarialLoss.NonSaturating())
    .WithPenalty(Penalty.R1(), weight: 0.1)
    .WithOptimizers(Optimizers.Adam(1e-3, beta1: 0))
    .WithGeneratorAverage(Ema.Decay(0.99))
    .WithSeed(42)
    .Build();

while (gan.Iteration < 2_000)
{
    using var scope = NewDisposeScope();
    var angles = rand(128) * (2 * Math.PI);
    var step = gan.TrainStep(stack([cos(angles), sin(angles)], 1));  // real points: on the unit circle
    if (step.Iteration % 400 == 0) Console.WriteLine($"{step.Iteration}: D {step.Discriminator.Loss:F3}, G {step.Generator.Loss:F3}");
}

using var rest = NewDisposeScope();     // frees what the last lines make on their way
var radii = gan.Sample(10_000).square().sum(1).sqrt();
Console.WriteLine($"Radius {radii.mean().item<float>():F3} ± {radii.std().item<float>():F3}, of the real points: 1 ± 0");
