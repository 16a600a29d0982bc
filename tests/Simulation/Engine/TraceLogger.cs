using Microsoft.Extensions.Logging;

namespace Waybill.Simulation.Engine;

/// <summary>Puts the services' own log lines into the trace.</summary>
/// <param name="heard">Told of each line from <see cref="LogLevel.Warning"/> on; null for nobody.</param>
internal sealed class TraceLogger<T>(Trace trace, string process, Action<string>? heard = null) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => trace.IsOn || (heard is not null && logLevel >= LogLevel.Warning);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var line = formatter(state, exception);
        var cause = exception is null ? "" : $" [{exception.Message}]";
        trace.Write(process, $"    {logLevel}: {line}{cause}");

        if (logLevel >= LogLevel.Warning)
        {
            heard?.Invoke(line);
        }
    }
}
