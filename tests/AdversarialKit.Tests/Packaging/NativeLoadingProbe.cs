namespace AdversarialKit.Tests;

/// <summary>The program that <see cref="NativeTorchTests"/> starts: a process that has loaded nothing native yet.</summary>
internal static class NativeLoadingProbe
{
    internal const string Loaded = "loaded";

    private static int Main()
    {
        try
        {
            NativeTorch.EnsureLoaded();
        }
        catch (DllNotFoundException exception)
        {
            Console.Write(exception.Message);
            return 3;
        }

        using var ones = TorchSharp.torch.ones(2);
        Console.Write(Loaded);
        return 0;
    }
}
