Imports AdversarialKit
Imports TorchSharp

Module Program
    Sub Main()
        NativeTorch.EnsureLoaded()
        torch.set_num_threads(1)
        torch.random.manual_seed(1)

        Using generator = torch.nn.Sequential(torch.nn.Linear(8, 32), torch.nn.ReLU(), torch.nn.Linear(32, 2)),
              discriminator = torch.nn.Sequential(torch.nn.Linear(2, 32), torch.nn.LeakyReLU(0.2), torch.nn.Linear(32, 1)),
              gan = New GanBuilder().
                  WithGenerator(generator).
                  WithDiscriminator(discriminator).
                  WithLatent(Latent.Normal(8)).
                  WithLoss(AdversarialLoss.NonSaturating()).
                  WithOptimizers(Optimizers.Adam(0.001, beta1:=0.0)).
                  WithSeed(42).
                  Build()

            For i = 1 To 20
                Using scope = torch.NewDisposeScope()
                    gan.TrainStep(torch.ones(16, 2))
                End Using
            Next

            Using samples = gan.Sample(4)
                Console.WriteLine($"Visual Basic: {gan.Iteration} iterations, samples {samples.shape(0)} x {samples.shape(1)}")
            End Using
        End Using
    End Sub
End Module
