using AdversarialKit;
using TorchSharp;

namespace MnistGan;

/// <summary>How many threads of torch a run takes. Their number decides its bits, so it is settled before the first iteration and stays.</summary>
internal static class ThreadChoice
{
    /// <summary>
    /// As <c>--threads</c> says; else, when resuming, as many as the checkpoint was written with, so that the run has the bits of the unbroken
    /// one; else as few as the GAN's own time allows.
    /// </summary>
    /// <param name="options">The command line.</param>
    /// <param name="gan">The GAN; is left as it was.</param>
    /// <param name="batches">Makes a source of batches of its own, so that the run's stays at its beginning.</param>
    /// <param name="resumed">What was loaded; null for a new run.</param>
    /// <param name="tuning">Measures; null where nothing is to be tuned.</param>
    /// <param name="display">Told what was found.</param>
    public static void Make(
        Options options, Gan gan, Func<TensorBatches> batches, CheckpointInfo? resumed, TorchTuning? tuning, IProgressDisplay display)
    {
        if (options.Threads is not null)
        {
            return;
        }

        if (resumed is not null)
        {
            torch.set_num_threads(resumed.Threads ?? torch.get_num_threads());
            return;
        }

        if (tuning is not null)
        {
            using var source = batches();
            using var scope = torch.NewDisposeScope();
            var drawn = Enumerable.Range(0, gan.DiscriminatorSteps).Select(_ => source.NextBatch()!.Value).ToArray();
            display.Tuned(tuning.ChooseThreads(gan, drawn));
        }
    }
}
