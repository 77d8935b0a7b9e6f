using System.Runtime.CompilerServices;

namespace AdversarialKit.Tests.Support;

internal static class OneThread
{
    /// <summary>The networks of the tests are too small to gain from threads, and threads that wait for each other on a busy machine cost minutes.</summary>
    /// <remarks>
    /// Each thread keeps the number that torch had when it began, and some tests have two for a while: who goes on after an await and wants one
    /// thread's bits calls it again. Does nothing where this assembly is the program: then it probes how torch's native library loads.
    /// </remarks>
    [ModuleInitializer]
    public static void Set()
    {
        if (System.Reflection.Assembly.GetEntryAssembly() != typeof(OneThread).Assembly)
        {
            TorchSharp.torch.set_num_threads(1);
        }
    }
}
