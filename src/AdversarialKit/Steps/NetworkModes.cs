namespace AdversarialKit;

/// <summary>The train/eval mode of a module and of each of its children.</summary>
internal sealed class NetworkModes
{
    // Parents before children, because train(...) of a parent sets its children too.
    private readonly nn.Module[] _modules;
    private readonly bool[] _training;
    private readonly bool[] _inference;

    public NetworkModes(nn.Module root)
    {
        _modules = [.. root.modules().Prepend(root).Distinct()];
        _training = Array.ConvertAll(_modules, module => !StaysInInference(root, module));
        _inference = new bool[_modules.Length];
    }

    /// <summary>
    /// Whether the caller keeps a layer in inference mode, such as a pretrained batch normalization: it is in that mode
    /// within a network that is not. A network that is in it as a whole has only been looked at before.
    /// </summary>
    public static bool StaysInInference(nn.Module root, nn.Module layer) => root.training && !layer.training;

    public Scope Set(bool training)
    {
        var modes = training ? _training : _inference;
        if (Are(modes))
        {
            return default;
        }

        var before = Array.ConvertAll(_modules, module => module.training);
        _modules[0].train(training);
        Apply(_modules, modes);
        return new Scope(_modules, before);
    }

    private static void Apply(nn.Module[] modules, bool[] modes)
    {
        for (var i = 0; i < modules.Length; i++)
        {
            if (modules[i].training != modes[i])
            {
                modules[i].train(modes[i]);
            }
        }
    }

    private bool Are(bool[] modes)
    {
        for (var i = 0; i < modes.Length; i++)
        {
            if (_modules[i].training != modes[i])
            {
                return false;
            }
        }

        return true;
    }

    internal readonly struct Scope(nn.Module[]? modules, bool[]? before) : IDisposable
    {
        public void Dispose()
        {
            if (modules is not null)
            {
                Apply(modules, before!);
            }
        }
    }
}
