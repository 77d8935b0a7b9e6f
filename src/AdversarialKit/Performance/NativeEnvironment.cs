using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>
/// The environment that native libraries read. .NET keeps one of its own: what is set there with
/// <see cref="Environment.SetEnvironmentVariable(string, string)"/> never reaches <c>getenv</c>.
/// </summary>
internal sealed unsafe class NativeEnvironment
{
    private readonly delegate* unmanaged<byte*, byte*, int, int> _set;
    private readonly delegate* unmanaged<byte*, int> _unset;
    private readonly delegate* unmanaged<byte*, byte*> _get;

    private NativeEnvironment(nint set, nint unset, nint get)
    {
        _set = (delegate* unmanaged<byte*, byte*, int, int>)set;
        _unset = (delegate* unmanaged<byte*, int>)unset;
        _get = (delegate* unmanaged<byte*, byte*>)get;
    }

    /// <summary>The environment on Linux; null elsewhere.</summary>
    public static NativeEnvironment? Find() => OperatingSystem.IsLinux()
        && (NativeLibrary.TryLoad("libc.so.6", out var library) || NativeLibrary.TryLoad("libc.so", out library))
        && NativeLibrary.TryGetExport(library, "setenv", out var set)
        && NativeLibrary.TryGetExport(library, "unsetenv", out var unset)
        && NativeLibrary.TryGetExport(library, "getenv", out var get)
            ? new NativeEnvironment(set, unset, get)
            : null;

    public string? Get(string name)
    {
        fixed (byte* key = Text(name))
        {
            return Marshal.PtrToStringUTF8((nint)_get(key));
        }
    }

    /// <summary>Sets a variable, or removes it where the value is null. No other thread may read the environment meanwhile.</summary>
    public void Set(string name, string? value)
    {
        fixed (byte* key = Text(name))
        {
            if (value is null)
            {
                _ = _unset(key);
                return;
            }

            fixed (byte* text = Text(value))
            {
                _ = _set(key, text, 1);
            }
        }
    }

    private static byte[] Text(string text) => [.. System.Text.Encoding.UTF8.GetBytes(text), 0];
}
