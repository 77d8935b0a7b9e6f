using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace AdversarialKit;

/// <summary>Looks whether TorchSharp's methods hold what they hand to native code.</summary>
internal static class HeldOwners
{
    private const byte Call = 0x28, Return = 0x2A;

    /// <summary>Whether a method that hands over a tensor and a number ends by holding one of them.</summary>
    public static bool AreThere() =>
        IsBuiltIn() || IsHeldAtTheEnd(typeof(torch.Tensor).GetMethod(nameof(torch.Tensor.add_), [typeof(torch.Tensor), typeof(Scalar)]));

    // Natively compiled code has no body to look at: the build that mended it says so.
    private static bool IsBuiltIn() =>
        !RuntimeFeature.IsDynamicCodeSupported && AppContext.TryGetSwitch("AdversarialKit.OwnersAreHeld", out var held) && held;

    /// <summary>Whether a method's last call before it returns is <see cref="GC.KeepAlive"/>.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "A body that trimming changed would be told as not held.")]
    internal static bool IsHeldAtTheEnd(MethodInfo? method)
    {
        try
        {
            return method?.GetMethodBody()?.GetILAsByteArray() is [.., Call, var a, var b, var c, var d, Return]
                && method.Module.ResolveMethod(a | b << 8 | c << 16 | d << 24)
                    is { Name: nameof(GC.KeepAlive) } called && called.DeclaringType == typeof(GC);
        }
        catch (Exception exception) when (exception is NotSupportedException or ArgumentException or BadImageFormatException)
        {
            // Natively compiled code has no body to look at.
            return false;
        }
    }
}
