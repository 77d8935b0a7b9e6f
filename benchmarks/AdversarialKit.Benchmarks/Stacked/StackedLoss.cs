namespace AdversarialKit.Benchmarks;

/// <summary>What is compared on stacked digits.</summary>
internal enum StackedLoss
{
    /// <summary>The relativistic paired loss with R1 and R2, as R3GAN has it.</summary>
    RpGan,

    /// <summary>The plain non-saturating loss, without a penalty.</summary>
    NonSaturating,
}
