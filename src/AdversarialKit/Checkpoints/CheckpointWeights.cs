namespace AdversarialKit;

/// <summary>Takes the weights of one network out of a checkpoint, for inference or as a start for something else.</summary>
public static class CheckpointWeights
{
    /// <summary>Copies a generator's weights and buffers into a module and puts it into inference mode; needs no GAN.</summary>
    /// <param name="path">A checkpoint's directory, a file <c>latest</c> or <c>best</c>, or the root, which stands for its <c>latest</c>.</param>
    /// <param name="generator">A module with the same parameters and buffers. Remains the caller's.</param>
    /// <param name="preferAverage">Whether to take the averaged weights where the checkpoint has them. Default: true.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="CheckpointException">There is no whole checkpoint, or names, shapes or types differ, all of which are listed; nothing was changed.</exception>
    public static void LoadGenerator(string path, nn.Module generator, bool preferAverage = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(generator);
        LoadGenerator(Checkpoint.Open(path), generator, preferAverage);
    }

    internal static void LoadGenerator(Checkpoint checkpoint, nn.Module generator, bool preferAverage)
    {
        var group = preferAverage && checkpoint.Has(GanGroups.Average) ? GanGroups.Average : GanGroups.Generator;
        Apply(checkpoint, group, GanGroups.Generator, generator);
        generator.eval();
    }

    /// <summary>Copies a discriminator's weights and buffers into a module; needs no GAN.</summary>
    /// <param name="path">A checkpoint's directory, a file <c>latest</c> or <c>best</c>, or the root, which stands for its <c>latest</c>.</param>
    /// <param name="discriminator">A module with the same parameters and buffers. Remains the caller's.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="CheckpointException">There is no whole checkpoint, or names, shapes or types differ, all of which are listed; nothing was changed.</exception>
    public static void LoadDiscriminator(string path, nn.Module discriminator)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(discriminator);
        Apply(Checkpoint.Open(path), GanGroups.Discriminator, GanGroups.Discriminator, discriminator);
    }

    private static void Apply(Checkpoint checkpoint, string group, string role, nn.Module module)
    {
        using var scope = NewDisposeScope();
        TensorTransfer.Apply(checkpoint.DirectoryPath, group, checkpoint.Load(group), NetworkState.Of(role, module));
    }
}
