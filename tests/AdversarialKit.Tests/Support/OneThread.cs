using System.Runtime.CompilerServices;

namespace AdversarialKit.Tests.Support;

internal static class OneThread
{
    /// <summary>The networks of the tests are too small to gain from threads, and threads that wait for each other on a busy machine cost minutes.</summary>
    [ModuleInitializer]
    public static void Set() => TorchSharp.torch.set_num_threads(1);
}
