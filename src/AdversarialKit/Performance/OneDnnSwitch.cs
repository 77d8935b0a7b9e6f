using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>
/// Reaches libtorch's precision of float32 products through oneDNN, which TorchSharp does not expose: what
/// <c>torch.backends.mkldnn.matmul.fp32_precision</c> is in Python. Nothing of CUDA is touched.
/// </summary>
internal sealed unsafe class OneDnnSwitch
{
    /// <summary>Products may be computed in bfloat16, which makes libtorch ask oneDNN at all; oneDNN decides by the processor.</summary>
    public const int Bfloat16 = 3;

    // at::Float32Backend::MKLDNN and at::Float32Op::MATMUL.
    private const int Backend = 2;
    private const int Products = 3;

    private readonly nint _context;
    private readonly delegate* unmanaged<nint, int, int, int> _get;
    private readonly delegate* unmanaged<nint, int, int, int, void> _set;

    private OneDnnSwitch(nint context, nint get, nint set)
    {
        _context = context;
        _get = (delegate* unmanaged<nint, int, int, int>)get;
        _set = (delegate* unmanaged<nint, int, int, int, void>)set;
    }

    public int Precision
    {
        get => _get(_context, Backend, Products);
        set => _set(_context, Backend, Products, value);
    }

    /// <summary>The switch, or null in a libtorch that has other functions, or none that can be found by these names.</summary>
    public static OneDnnSwitch? Find()
    {
        if (!NativeLibrary.TryLoad("torch_cpu", typeof(torch).Assembly, null, out var library)
            || !NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out var context)
            || !NativeLibrary.TryGetExport(library, "_ZN2at7Context9hasMKLDNNEv", out var has)
            || !NativeLibrary.TryGetExport(library, "_ZNK2at7Context16float32PrecisionENS_14Float32BackendENS_9Float32OpE", out var get)
            || !NativeLibrary.TryGetExport(library, "_ZN2at7Context19setFloat32PrecisionENS_14Float32BackendENS_9Float32OpENS_16Float32PrecisionE", out var set)
            || ((delegate* unmanaged<byte>)has)() == 0)
        {
            return null;
        }

        return new OneDnnSwitch(((delegate* unmanaged<nint>)context)(), get, set);
    }
}
