using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Waybill.Simulation.Engine;

/// <summary>Puts the services' own log lines into the trace.</summary>
internal sealed class TraceLogger<T> : ILogger<T>
{
    private readonly Trace _trace;
    private readonly string _process;

    private TraceLogger(Trace trace, string process)
    {
        _trace = trace;
        _process = process;
    }

    public static ILogger<T> For(Trace trace, string process) => trace.IsOn ? new TraceLogger<T>(trace, process) : NullLogger<T>.Instance;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var cause = exception is null ? "" : $" [{exception.Message}]";
        _trace.Write(_process, $"    {logLevel}: {formatter(state, exception)}{cause}");
    }
}
