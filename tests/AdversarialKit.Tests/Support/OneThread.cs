using System.Runtime.CompilerServices;

namespace AdversarialKit.Tests.Support;

internal static class OneThread
{
    /// <summary>The networks of the tests are too small to gain from threads, and threads that wait for each other on a busy machine cost minutes.</summary>
    /// <remarks>Not where this assembly is the program: then it probes how torch's native library loads.</remarks>
    [ModuleInitializer]
    public static void Set()
    {
        if (System.Reflection.Assembly.GetEntryAssembly() != typeof(OneThread).Assembly)
        {
            TorchSharp.torch.set_num_threads(1);
        }
    }
}
