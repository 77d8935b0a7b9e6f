using System.Runtime.InteropServices;

namespace AdversarialKit.Tests;

/// <summary>A test of what the loader of 64-bit Linux says, in the words of that loader.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = RuntimeInformation.RuntimeIdentifier == "linux-x64" ? null : "The library under test is for linux-x64.";
}
