using AdversarialKit;

namespace Tables;

/// <summary>One way of making rows, held against real ones that it never saw.</summary>
internal sealed record Trial(string Name, TableFigures Figures, double Utility, double RealUtility)
{
    /// <summary>How much of a model's skill is left when it learns from these rows.</summary>
    public double UtilityRatio => Utility / RealUtility;

    public static Trial Of(string name, Table synthetic, Table heldOut, UtilityModel model, double realUtility) =>
        new(name, TableSimilarity.Compare(heldOut, synthetic), model.Score(synthetic, heldOut), realUtility);
}
