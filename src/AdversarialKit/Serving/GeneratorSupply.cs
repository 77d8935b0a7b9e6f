namespace AdversarialKit;

/// <summary>
/// Two modules of the generator's build: one that serves, and one that takes newer weights meanwhile. A request keeps the one that it began
/// with until it is answered, so that nothing waits for a reload and all samples of a request are of the same weights.
/// </summary>
internal sealed class GeneratorSupply : IDisposable
{
    private readonly SamplerPlan _plan;
    private readonly IWeightsSource _source;
    private readonly object _gate = new();
    private readonly object _reloading = new();
    private readonly Dictionary<ServedGenerator, int> _users = [];
    private readonly SampledNetwork[] _networks;
    private ServedGenerator _current;

    private GeneratorSupply(SamplerPlan plan, IWeightsSource source, SampledNetwork[] networks, ServedGenerator first) =>
        (_plan, _source, _networks, _current) = (plan, source, networks, first);

    /// <summary>Makes the modules, on a thread without dispose scopes, and takes the first weights. torch's shared randomness stays where it is.</summary>
    public static GeneratorSupply Open(SamplerPlan plan, IWeightsSource source)
    {
        using var held = source.Hold();
        var networks = TorchThread.Run("AdversarialKit sampler start", () =>
        {
            using var aside = new Generator(0);
            using var undisturbed = SharedNoise.Of(0, aside);
            return new[] { plan.Make(), plan.Make() };
        });
        try
        {
            return networks[0].Module == networks[1].Module
                ? throw new InvalidOperationException("The function that makes a sampler's generator returned one module twice; it must return a new module at every call.")
                : new GeneratorSupply(plan, source, networks, new ServedGenerator(networks[0], plan, source.Load(networks[0].Module)));
        }
        catch
        {
            Array.ForEach(networks, network => network.Dispose());
            throw;
        }
    }

    /// <summary>What serves now.</summary>
    public ServedGenerator Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>What serves now, which stays as it is until it is given back.</summary>
    public ServedGenerator Use()
    {
        lock (_gate)
        {
            _users[_current] = _users.GetValueOrDefault(_current) + 1;
            return _current;
        }
    }

    public void GiveBack(ServedGenerator generator)
    {
        lock (_gate)
        {
            if (--_users[generator] > 0)
            {
                return;
            }

            _users.Remove(generator);
            if (generator != _current)
            {
                generator.Dispose();
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Lets other weights serve where there are some; those of now serve on where they cannot.</summary>
    /// <returns>Whether there were some.</returns>
    public bool Reload()
    {
        lock (_reloading)
        {
            var before = Current;
            if (!_source.HasOther(before.Origin))
            {
                return false;
            }

            var spare = Spare(before);
            var newer = new ServedGenerator(spare, _plan, _source.Load(spare.Module));
            TorchThread.Run("AdversarialKit sampler reload", () => GeneratorTrial.Check(newer, _plan));
            Exchange(newer);
            return true;
        }
    }

    public void Dispose()
    {
        _current.Dispose();
        Array.ForEach(_networks, network => network.Dispose());
    }

    // Requests that began with weights before these may still need it.
    private SampledNetwork Spare(ServedGenerator current)
    {
        var spare = Array.Find(_networks, network => network != current.Network)!;
        lock (_gate)
        {
            while (_users.Keys.Any(generator => generator.Network == spare))
            {
                Monitor.Wait(_gate);
            }
        }

        return spare;
    }

    private void Exchange(ServedGenerator newer)
    {
        lock (_gate)
        {
            var before = _current;
            _current = newer;
            if (!_users.ContainsKey(before))
            {
                before.Dispose();
            }
        }
    }
}
