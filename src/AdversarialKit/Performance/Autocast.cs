using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>
/// libtorch's autocast to bfloat16, which TorchSharp does not expose: what <c>torch.autocast</c> is in Python. While it is on,
/// products and convolutions of float32 tensors are computed in bfloat16, and what libtorch holds to be delicate in float32.
/// </summary>
/// <remarks>The setting belongs to the thread, so it is on for a forward pass and no longer; the backward pass follows the types it finds.</remarks>
internal sealed unsafe class Autocast
{
    private const int BFloat16 = (int)ScalarType.BFloat16;

    private static readonly string[] _names =
    [
        "_ZN2at8autocast19is_autocast_enabledEN3c1010DeviceTypeE",
        "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb",
        "_ZN2at8autocast18get_autocast_dtypeEN3c1010DeviceTypeE",
        "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE",
        "_ZN2at8autocast17increment_nestingEv",
        "_ZN2at8autocast17decrement_nestingEv",
        "_ZN2at8autocast11clear_cacheEv",
    ];

    private readonly int _device;
    private readonly nint[] _functions;

    private Autocast(int device, nint[] functions) => (_device, _functions) = (device, functions);

    /// <summary>Autocast for a device, or null with the name of the first function that this libtorch has not, or has under another name.</summary>
    public static Autocast? Find(DeviceType device, out string? missing) => Find(device, _names, out missing);

    /// <summary>The same by other names; for tests of a libtorch that lacks one.</summary>
    internal static Autocast? Find(DeviceType device, IReadOnlyList<string> names, out string? missing)
    {
        var functions = new nint[names.Count];
        var loaded = NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out var library);
        for (var i = 0; i < functions.Length; i++)
        {
            if (!loaded || !NativeLibrary.TryGetExport(library, names[i], out functions[i]))
            {
                missing = names[i];
                return null;
            }
        }

        missing = null;
        return new Autocast((int)device, functions);
    }

    /// <summary>Turns it on for this thread until disposed, on the same thread; then everything is as it was.</summary>
    public Region Enter() => new(this);

    internal readonly struct Region : IDisposable
    {
        private readonly Autocast _autocast;
        private readonly byte _wasEnabled;
        private readonly sbyte _typeBefore;

        public Region(Autocast autocast)
        {
            _autocast = autocast;
            var (device, functions) = (autocast._device, autocast._functions);
            _wasEnabled = ((delegate* unmanaged<int, byte>)functions[0])(device);
            _typeBefore = ((delegate* unmanaged<int, sbyte>)functions[2])(device);
            ((delegate* unmanaged<int, int, void>)functions[3])(device, BFloat16);
            ((delegate* unmanaged<int, int, void>)functions[1])(device, 1);
            ((delegate* unmanaged<int>)functions[4])();
        }

        public void Dispose()
        {
            var (device, functions) = (_autocast._device, _autocast._functions);
            var outermost = ((delegate* unmanaged<int>)functions[5])() == 0;
            ((delegate* unmanaged<int, int, void>)functions[1])(device, _wasEnabled);
            ((delegate* unmanaged<int, int, void>)functions[3])(device, _typeBefore);
            if (outermost)
            {
                // The weights' casts, which hold for one pass: the next one may follow an update.
                ((delegate* unmanaged<void>)functions[6])();
            }
        }
    }
}
