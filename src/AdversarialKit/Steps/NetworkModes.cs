namespace AdversarialKit;

/// <summary>The train/eval mode of a module and of each of its children.</summary>
internal sealed class NetworkModes
{
    // Parents before children, because train(...) of a parent sets its children too.
    private readonly nn.Module[] _modules;

    public NetworkModes(nn.Module root) => _modules = [.. root.modules().Prepend(root).Distinct()];

    public Scope Set(bool training)
    {
        if (AreAll(training))
        {
            return default;
        }

        var before = Array.ConvertAll(_modules, module => module.training);
        _modules[0].train(training);
        return new Scope(_modules, before);
    }

    private bool AreAll(bool training)
    {
        foreach (var module in _modules)
        {
            if (module.training != training)
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
            for (var i = 0; i < modules?.Length; i++)
            {
                if (modules[i].training != before![i])
                {
                    modules[i].train(before[i]);
                }
            }
        }
    }
}
