using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>The learning rate that an optimizer has at present.</summary>
internal static class CurrentRate
{
    /// <summary>The rate of its first group; NaN where that has none, as an optimizer of the caller's own may.</summary>
    public static double Of(optim.Optimizer optimizer) => optimizer.ParamGroups.FirstOrDefault() switch
    {
        null or ParamGroup { Options: null } => double.NaN,
        var group => group.LearningRate,
    };
}
