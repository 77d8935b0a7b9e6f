using System.Runtime.InteropServices;

namespace AdversarialKit;

/// <summary>
/// libtorch's kernels that work on a whole list of tensors at once. TorchSharp does not expose them; a compiled script
/// reaches them. One call for all parameters saves the many small ones that make a managed optimizer slow.
/// </summary>
internal static class FusedKernels
{
    // Unknown names in a script end the process, so nothing may stand here that libtorch 2.10 does not have. Types are
    // numbers (6 is float32, in which the kernels count steps), and the last line needs its line feed.
    private const string Script = """
        def adam(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: float,
                 lr: float, beta1: float, beta2: float, eps: float, decay: float):
            step = torch.full([], t, dtype=6, device=p[0].device)
            torch._fused_adam_(p, g, m, v, [], [step for i in range(len(p))], lr=lr, beta1=beta1, beta2=beta2,
                               weight_decay=decay, eps=eps, amsgrad=False, maximize=False)

        def adamw(p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: float,
                  lr: float, beta1: float, beta2: float, eps: float, decay: float):
            step = torch.full([], t, dtype=6, device=p[0].device)
            torch._fused_adamw_(p, g, m, v, [], [step for i in range(len(p))], lr=lr, beta1=beta1, beta2=beta2,
                                weight_decay=decay, eps=eps, amsgrad=False, maximize=False)

        def sgd(p: List[Tensor], g: List[Tensor], lr: float, decay: float):
            torch._fused_sgd_(p, g, [], weight_decay=decay, momentum=0.0, lr=lr, dampening=0.0,
                              nesterov=False, maximize=False, is_first_step=False)

        def sgd_momentum(p: List[Tensor], g: List[Tensor], b: List[Tensor], lr: float, decay: float, momentum: float,
                         nesterov: bool):
            torch._fused_sgd_(p, g, b, weight_decay=decay, momentum=momentum, lr=lr, dampening=0.0,
                              nesterov=nesterov, maximize=False, is_first_step=False)

        def lerp(average: List[Tensor], live: List[Tensor], weight: float):
            torch._foreach_lerp_(average, live, weight)

        def norm(tensors: List[Tensor]) -> Tensor:
            return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(tensors)))

        """;

    // Never disposed: a disposed unit takes the process down at its next call.
    private static readonly Lazy<jit.CompilationUnit?> Unit = new(Compile);

    public static bool AreAvailable => Unit.Value is not null;

    /// <summary>Whether the kernels take these parameters; they walk over raw memory, so layout and type must be plain.</summary>
    public static bool Accept(IReadOnlyList<Tensor> tensors)
    {
        if (tensors.Count == 0)
        {
            return false;
        }

        var (type, device, index) = (tensors[0].dtype, tensors[0].device_type, tensors[0].device_index);
        return type is ScalarType.Float32 or ScalarType.Float64 &&
            device is DeviceType.CPU or DeviceType.CUDA &&
            tensors.All(t => t.dtype == type && t.device_type == device && t.device_index == index && t.is_contiguous()) &&
            AreAvailable;
    }

    /// <summary>Calls a function of the script. Its numbers are wrapped here, since TorchSharp's own wrappers may be collected before the call ends.</summary>
    public static Tensor? Invoke(string function, ReadOnlySpan<Tensor[]> lists, params ReadOnlySpan<double> numbers)
    {
        var arguments = new object[lists.Length + numbers.Length];
        for (var i = 0; i < lists.Length; i++)
        {
            arguments[i] = lists[i];
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            arguments[lists.Length + i] = numbers[i].ToScalar();
        }

        return Invoke(function, arguments);
    }

    public static Tensor? Invoke(string function, object[] arguments)
    {
        try
        {
            return (Tensor?)Unit.Value!.invoke(function, arguments);
        }
        finally
        {
            foreach (var argument in arguments)
            {
                (argument as Scalar)?.Dispose();
            }
        }
    }

    private static jit.CompilationUnit? Compile()
    {
        try
        {
            return jit.compile(Script);
        }
        catch (ExternalException)
        {
            // Another libtorch may know other signatures; the plain forms compute the same.
            return null;
        }
    }
}
