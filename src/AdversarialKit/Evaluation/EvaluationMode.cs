namespace AdversarialKit;

/// <summary>Puts a module into evaluation mode and gives every part its own mode back.</summary>
internal sealed class EvaluationMode : IDisposable
{
    private readonly List<(nn.Module Module, bool Training)> _modes;

    public EvaluationMode(nn.Module module)
    {
        // Parents come before their children, so that a restored parent does not overrule them.
        _modes = [(module, module.training), .. module.modules().Select(part => (part, part.training))];
        if (_modes.Exists(mode => mode.Training))
        {
            module.eval();
        }
    }

    public void Dispose()
    {
        foreach (var (module, training) in _modes.Where(mode => mode.Module.training != mode.Training))
        {
            module.train(training);
        }
    }
}
