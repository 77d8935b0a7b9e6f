using System.Runtime.CompilerServices;

namespace AdversarialKit.Tests.Distributed;

internal static class OneThread
{
    /// <summary>The networks of the tests are too small to gain from threads, and ranks that are threads have one each: bits hang on it.</summary>
    [ModuleInitializer]
    public static void Set() => TorchSharp.torch.set_num_threads(1);
}
