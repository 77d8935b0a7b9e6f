using AdversarialKit.Build;

namespace AdversarialKit.HoldOwners;

/// <summary>Makes the delta that the package's build applies to TorchSharp.dll; docs/torchsharp-and-collections.md says why.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is not [var library, var delta])
        {
            Console.Error.WriteLine("Usage: dotnet run --project tools/HoldOwners -- PATH-OF-TorchSharp.dll PATH-OF-THE-DELTA");
            return 2;
        }

        var original = File.ReadAllBytes(library);
        var held = HeldLibrary.Make(original);
        File.WriteAllBytes(delta, DeltaWriter.Write(original, held.Image));
        Console.WriteLine($"{held.Owners} owners held in {held.Methods} methods; {held.Released} numbers that no variable holds are never freed.");
        Console.WriteLine($"{original.Length} bytes became {held.Image.Length}; the delta has {new FileInfo(delta).Length}.");
        Console.WriteLine($"SHA-256 {Delta.Hash(original)} becomes {Delta.Hash(held.Image)}.");
        return 0;
    }
}
