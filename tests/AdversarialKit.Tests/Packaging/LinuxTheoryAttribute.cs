using System.Runtime.InteropServices;

namespace AdversarialKit.Tests;

/// <summary>As <see cref="LinuxFactAttribute"/>, for a table of cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxTheoryAttribute : TheoryAttribute
{
    public LinuxTheoryAttribute() => Skip = RuntimeInformation.RuntimeIdentifier == "linux-x64" ? null : "The library under test is for linux-x64.";
}
