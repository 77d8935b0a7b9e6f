using TorchSharp.Modules;

namespace AdversarialKit;

/// <summary>Sets <c>requires_grad</c> of a network's parameters and puts the caller's values back when disposed.</summary>
/// <remarks>
/// The flag of a leaf matters at two moments: when an operation is recorded, and when a backward pass arrives. A step
/// therefore holds the flags from its forward to the end of its backward.
/// </remarks>
internal readonly struct GradientFlags : IDisposable
{
    private readonly List<(Parameter Parameter, bool Before)>? _changed;

    private GradientFlags(List<(Parameter Parameter, bool Before)>? changed) => _changed = changed;

    public static GradientFlags Set(Network network, bool[] flags)
    {
        network.ThrowIfGone();
        List<(Parameter, bool)>? changed = null;
        for (var i = 0; i < flags.Length; i++)
        {
            var parameter = network.Parameters[i].Parameter;
            var before = parameter.requires_grad;
            if (before != flags[i])
            {
                parameter.requires_grad = flags[i];
                (changed ??= new(flags.Length)).Add((parameter, before));
            }
        }

        return new GradientFlags(changed);
    }

    public void Dispose()
    {
        if (_changed is null)
        {
            return;
        }

        foreach (var (parameter, before) in _changed)
        {
            parameter.requires_grad = before;
        }
    }
}
