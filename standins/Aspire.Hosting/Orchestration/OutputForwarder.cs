using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Writes what resources print to the AppHost's log where that is wanted, or where no dashboard shows it.</summary>
internal sealed partial class OutputForwarder(
    DistributedApplicationOptions options,
    DashboardSettings dashboard,
    ResourceLoggerService logs,
    IHostEnvironment environment,
    ILoggerFactory loggers)
{
    private readonly ConcurrentDictionary<string, ILogger> _byResource = new();

    public bool IsActive => options.EnableResourceLogging || !dashboard.IsAvailable;

    public void Start()
    {
        if (IsActive)
        {
            logs.Written += Forward;
        }
    }

    private void Forward(IResource resource, LogLine line)
    {
        var logger = _byResource.GetOrAdd(resource.Name, name => loggers.CreateLogger($"{environment.ApplicationName}.Resources.{name}"));

        if (line.IsErrorMessage)
        {
            Log.ErrorLine(logger, line.LineNumber, line.Content);
        }
        else
        {
            Log.Line(logger, line.LineNumber, line.Content);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{LineNumber}: {Content}")]
        public static partial void Line(ILogger logger, int lineNumber, string content);

        [LoggerMessage(2, LogLevel.Error, "{LineNumber}: {Content}")]
        public static partial void ErrorLine(ILogger logger, int lineNumber, string content);
    }
}
