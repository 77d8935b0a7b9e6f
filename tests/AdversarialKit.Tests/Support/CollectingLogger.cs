using Microsoft.Extensions.Logging;

namespace AdversarialKit.Tests.Support;

/// <summary>Keeps what is logged.</summary>
internal sealed class CollectingLogger(LogLevel least) : ILoggerFactory, ILogger
{
    public List<(LogLevel Level, int Id, string Message)> Entries { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Entries.Add((logLevel, eventId.Id, formatter(state, exception)));
}
