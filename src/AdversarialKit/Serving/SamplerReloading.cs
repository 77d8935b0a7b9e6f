using Microsoft.Extensions.Logging;

namespace AdversarialKit;

/// <summary>Looks for newer weights from time to time, and says what came of it.</summary>
internal sealed class SamplerReloading : IDisposable
{
    private readonly GeneratorSupply _supply;
    private readonly ILogger _logger;
    private readonly ManualResetEvent _ended = new(false);
    private readonly Thread? _thread;
    private volatile Exception? _fault;

    public SamplerReloading(GeneratorSupply supply, ILogger logger, TimeSpan? interval)
    {
        (_supply, _logger) = (supply, logger);
        if (interval is { } wait)
        {
            _thread = new Thread(() => Watch(wait)) { Name = "AdversarialKit sampler watch", IsBackground = true };
            _thread.Start();
        }
    }

    public Exception? Fault => _fault;

    public bool Reload()
    {
        try
        {
            var newer = _supply.Reload();
            if (newer)
            {
                GanLog.Reloaded(_logger, _supply.Current.Origin.Iteration, _supply.Current.Origin.Checkpoint);
            }

            _fault = null;
            return newer;
        }
        catch (Exception fault)
        {
            _fault = fault;
            throw;
        }
    }

    public void Dispose()
    {
        _ended.Set();
        _thread?.Join();
        _ended.Dispose();
    }

    private void Watch(TimeSpan interval)
    {
        while (!_ended.WaitOne(interval))
        {
            var before = _fault?.Message;
            try
            {
                Reload();
            }
#pragma warning disable CA1031 // The weights of now serve on, and it is tried again.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                if (fault.Message != before)
                {
                    GanLog.NotReloaded(_logger, _supply.Current.Origin.Iteration, fault);
                }
            }
        }
    }
}
