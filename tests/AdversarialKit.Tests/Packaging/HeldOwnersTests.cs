using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace AdversarialKit.Tests;

/// <summary>The TorchSharp that these tests run with, which the build has mended.</summary>
public sealed class HeldOwnersTests
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Type[] Owners = [typeof(Tensor), typeof(Scalar), typeof(Generator)];

    private static IEnumerable<MethodBase> Methods => typeof(torch).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(Everything).Concat<MethodBase>(type.GetConstructors(Everything)))
        .Where(method => method.GetMethodBody() is not null);

    [Fact]
    public void MendedLibrary_EveryMethod_CompilesToMachineCode()
    {
        var compiled = 0;
        foreach (var method in Methods.Where(method => !method.ContainsGenericParameters && !method.DeclaringType!.ContainsGenericParameters))
        {
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
            compiled++;
        }

        compiled.Should().BeGreaterThan(9_000);
    }

    [Fact]
    public void MendedLibrary_EveryMethodThatHandsOverAnOwner_HoldsItAtTheEnd()
    {
        var handing = Methods.OfType<MethodInfo>()
            .Where(method => CallsNativeCode(method) && method.GetParameters().Any(parameter => Owners.Contains(parameter.ParameterType)))
            .ToList();

        handing.Should().HaveCountGreaterThan(400);
        handing.Where(method => !HeldOwners.IsHeldAtTheEnd(method)).Should().BeEmpty();
    }

    // A call's operand is a token; the natives are methods of one class.
    private static bool CallsNativeCode(MethodInfo method)
    {
        var il = method.GetMethodBody()!.GetILAsByteArray()!;
        for (var i = 0; i + 5 <= il.Length; i++)
        {
            if (il[i] == 0x28 && il[i + 4] == 0x06 && Resolve(method, BitConverter.ToInt32(il, i + 1)) is { DeclaringType.Name: "NativeMethods" })
            {
                return true;
            }
        }

        return false;
    }

    private static MethodBase? Resolve(MethodInfo method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(token, method.DeclaringType!.GetGenericArguments(), method.GetGenericArguments());
        }
        catch (ArgumentException)
        {
            // What looked like a call was part of an operand.
            return null;
        }
    }
}
