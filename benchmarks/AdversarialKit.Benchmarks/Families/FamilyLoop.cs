namespace AdversarialKit.Benchmarks;

/// <summary>Makes the loops of the families, with networks of the same weights.</summary>
internal static class FamilyLoop
{
    public const int Seed = 1;

    public static IFamilyLoop Library(Workload workload) => workload.Recipe switch
    {
        Recipe.Pix2Pix => new LibraryPix2Pix(workload),
        Recipe.CycleGan => new LibraryCycleGan(workload),
        _ => new LibraryStyleGan(workload),
    };

    public static IFamilyLoop ByHand(Workload workload) => workload.Recipe switch
    {
        Recipe.Pix2Pix => new HandWrittenPix2Pix(workload),
        Recipe.CycleGan => new HandWrittenCycleGan(workload),
        _ => new HandWrittenStyleGan(workload),
    };
}
