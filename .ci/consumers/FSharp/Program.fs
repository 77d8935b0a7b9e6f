open AdversarialKit
open TorchSharp
open type TorchSharp.torch

[<EntryPoint>]
let main _ =
    NativeTorch.EnsureLoaded()
    set_num_threads 1
    random.manual_seed 1L |> ignore

    use generator = nn.Sequential(nn.Linear(8L, 32L), nn.ReLU(), nn.Linear(32L, 2L))
    use discriminator = nn.Sequential(nn.Linear(2L, 32L), nn.LeakyReLU(0.2), nn.Linear(32L, 1L))

    use gan =
        GanBuilder()
            .WithGenerator(generator)
            .WithDiscriminator(discriminator)
            .WithLatent(Latent.Normal(8L))
            .WithLoss(AdversarialLoss.NonSaturating())
            .WithOptimizers(Optimizers.Adam(1e-3, beta1 = 0.0))
            .WithDiscriminatorSteps(2)
            .WithSeed(42L)
            .Build()

    for _ in 1..20 do
        use _scope = NewDisposeScope()
        let first, second = ones [| 16L; 2L |], ones [| 16L; 2L |]
        gan.TrainStep(Batch first, Batch second) |> ignore

    use samples = gan.Sample(4L)
    printfn $"F#: {gan.Iteration} iterations, samples {samples.shape[0]} x {samples.shape[1]}"
    0
