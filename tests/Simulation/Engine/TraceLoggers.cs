using Microsoft.Extensions.Logging;

namespace Waybill.Simulation.Engine;

/// <summary>Loggers of one process that put its lines into the trace.</summary>
internal sealed class TraceLoggers(Trace trace, string process) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new TraceLogger<TraceLoggers>(trace, process);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("The trace is the only place.");

    public void Dispose()
    {
        // There is nothing to let go of.
    }
}
