using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Finds layers whose output for one sample depends on the others of its batch.</summary>
internal static class BatchDependence
{
    /// <summary>The name of the first such layer, or null.</summary>
    public static string? In(nn.Module network) => network.named_modules().Prepend((network.GetType().Name, network))
        .Where(m => m.Item2 is BatchNorm1d or BatchNorm2d or BatchNorm3d or IBatchDependent)
        .Select(m => $"'{m.Item1}' ({m.Item2.GetType().Name})")
        .FirstOrDefault();
}
